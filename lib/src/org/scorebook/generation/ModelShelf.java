package org.scorebook.generation;

import org.scorebook.base.Require;

/** The models on a device that were drawn from last, in its memory. Only a {@link Generator}'s thread touches them. */
public final class ModelShelf {
    private final String device;

    /**
     * Loads neither the engine nor a model yet.
     *
     * @param device as {@link org.scorebook.machine.Devices#resolve} takes it, such as {@code auto}, {@code cpu}, {@code cuda:0}
     */
    public ModelShelf(String device) {
        this.device = Require.given("device", device);
    }
}
