package org.scorebook.aten;

import java.util.Optional;

/** What must stand in the environment, among Java's properties or in the C library before the engine loads. */
final class EngineVariables {
    /** Limits the instructions that oneDNN uses. */
    private static final String INSTRUCTIONS = "ONEDNN_MAX_CPU_ISA";

    private EngineVariables() {}

    /**
     * Does nothing that the user's environment has decided already; can be repeated. What cannot be set makes the engine slower,
     * not wrong: {@link EngineStart} checks it.
     */
    static void set() {
        // DJL reports its use to its makers over the network, unless this is set
        System.setProperty("OPT_OUT_TRACKING", "true");
        // PyTorch's threads otherwise spin for long while they wait, and on a busy machine keep each other from working
        setUnlessGiven("GOMP_SPINCOUNT", "1000");
        // MKL otherwise does not promise the same sums twice, and takes fewer threads as it sees fit
        setUnlessGiven("MKL_CBWR", "AUTO");
        setUnlessGiven("MKL_DYNAMIC", "FALSE");
        limit().ifPresent(instructions -> NativeCalls.setVariable(INSTRUCTIONS, instructions));
        NativeMemory.keep();
    }

    /** The instructions that oneDNN is limited to because of what an earlier process has found. */
    static Optional<String> limit() {
        return instructionsAreGiven() ? Optional.empty() : Verdict.read();
    }

    /** Whether the user has chosen. */
    static boolean instructionsAreGiven() {
        return System.getenv(INSTRUCTIONS) != null || System.getenv("DNNL_MAX_CPU_ISA") != null;
    }

    /** Whether oneDNN uses AVX-512, as far as is known: not where the user has chosen instructions. */
    static boolean hasAvx512() {
        return !instructionsAreGiven()
                && limit().isEmpty()
                && Processor.current().identity().contains(" avx512f ");
    }

    private static void setUnlessGiven(String name, String value) {
        if (System.getenv(name) == null) {
            NativeCalls.setVariable(name, value);
        }
    }
}
