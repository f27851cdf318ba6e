package org.scorebook.aten;

import ai.djl.pytorch.engine.PtEngineProvider;

/**
 * DJL's own provider of the engine, and a way for DJL to tell us that it looks for one: it makes each provider on the class path
 * before it loads any engine. So a program that calls DJL before it calls Scorebook has the same variables set.
 */
public final class EngineProvider extends PtEngineProvider {
    /** Called by {@link java.util.ServiceLoader}. */
    public EngineProvider() {
        EngineVariables.set();
    }
}
