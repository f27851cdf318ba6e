package org.scorebook.aten;

import ai.djl.engine.Engine;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Loads the engine, and makes sure that it computes what it should. On some processors oneDNN, which PyTorch computes
 * convolutions with on a CPU, gives wrong numbers; so some convolutions are checked at each start, in less than a third of a second.
 * Where they are wrong, oneDNN is switched off, and the next start limits it to older instructions, with which it is faster than
 * that.
 */
final class EngineStart {
    /** The last of those that oneDNN chooses from for which no fault is known. */
    private static final String SAFE = "SSE41";

    private static volatile EngineState state;
    private static ConvolutionCheck check = new ConvolutionCheck(Convolution::conv2d);
    private static ConvolutionCheck plainCheck = new ConvolutionCheck(Convolution::plain2d);
    private static boolean begun;

    private EngineStart() {}

    /** Checks differently, for a test that needs a processor on which something is wrong. Before the engine is asked for. */
    static synchronized void use(ConvolutionCheck other, ConvolutionCheck otherPlain) {
        check = other;
        plainCheck = otherPlain;
    }

    /** Returns when the engine is there; at once, if it is. */
    static void ensure() {
        if (state == null) {
            begin();
        }
    }

    /** How the engine was found at its start. */
    static EngineState state() {
        ensure();
        return state;
    }

    /** The check itself asks for the engine: then, on this thread, it is there. */
    private static synchronized void begin() {
        if (begun) {
            return;
        }
        EngineVariables.set();
        Engine.getEngine("PyTorch");
        begun = true;
        try {
            // NNPACK tells on the process's own stderr of each processor that it does not know
            NativeCalls.enableNnpack(false);
            state = checked();
            state.warning().ifPresent(System.err::println);
        } finally {
            begun = state != null;
        }
    }

    private static EngineState checked() {
        long start = System.nanoTime();
        Optional<String> fault = check.fault();
        Optional<String> limit = EngineVariables.limit();
        if (fault.isPresent()) {
            withoutOneDnn(fault.get());
            boolean canBeLimited = limit.isEmpty() && !EngineVariables.instructionsAreGiven();
            limit = canBeLimited ? remember() : Optional.empty();
        }
        boolean fillsBlocks = plainCheck.fault(ConvolutionCheck.OPEN).isEmpty();
        return new EngineState(fault, limit, fillsBlocks, (System.nanoTime() - start) / 1e9);
    }

    private static void withoutOneDnn(String fault) {
        Optional<String> left = NativeCalls.enableOneDnn(false) ? check.fault() : Optional.of(fault);
        if (left.isPresent()) {
            throw new IllegalStateException("PyTorch computes wrongly on this processor, "
                    + Processor.current().name() + ": " + left.get()
                    + "; nothing that is trained or drawn here could be trusted");
        }
    }

    /** Whether oneDNN was found to read what is not filled of a block; not while that is being found out. */
    static boolean leavesBlocksOpen() {
        return state != null && !state.fillsBlocks();
    }

    /** Does work in which convolutions of any width are not {@link Convolution}'s: without oneDNN where that cannot be trusted. */
    static <T> T withOpenBlocks(Supplier<T> work) {
        if (state().fillsBlocks()) {
            return work.get();
        }
        synchronized (EngineStart.class) { // the switch is one for all threads
            NativeCalls.enableOneDnn(false);
            try {
                return work.get();
            } finally {
                NativeCalls.enableOneDnn(true);
            }
        }
    }

    private static Optional<String> remember() {
        try {
            Verdict.write(SAFE);
            return Optional.of(SAFE);
        } catch (IOException e) {
            System.err.println("scorebook: " + Verdict.file() + " cannot be written: each start finds out anew");
            return Optional.empty();
        }
    }
}
