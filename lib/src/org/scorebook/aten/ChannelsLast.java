package org.scorebook.aten;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.scorebook.base.Require;

/**
 * Whether large convolutions may have the channels of an image last in memory: where that is faster, and right. Only large networks
 * have such convolutions, so they are checked before the first of them and not at the engine's start.
 */
final class ChannelsLast {
    private static final boolean IS_FASTER = EngineVariables.hasAvx512();

    private static volatile Optional<String> warning;
    private static Supplier<Optional<String>> check = ChannelsLast::check;

    private ChannelsLast() {}

    /** Checks differently, for a test that needs a processor on which something is wrong. Before the first large convolution. */
    static synchronized void use(Supplier<Optional<String>> other) {
        check = Require.given("other", other);
    }

    static boolean isRightAndFaster() {
        return IS_FASTER && warning().isEmpty();
    }

    /** One line for the user, where they are faster and wrong. */
    static Optional<String> warning() {
        if (!IS_FASTER) {
            return Optional.empty();
        }
        if (warning == null) {
            find();
        }
        return warning;
    }

    /** On a thread of its own, which records nothing, and whose precision nobody has changed. */
    private static synchronized void find() {
        if (warning == null) {
            Optional<String> fault = CompletableFuture.supplyAsync(check, task -> new Thread(task).start())
                    .join();
            warning = fault.map(ChannelsLast::sentence);
            warning.ifPresent(System.err::println);
        }
    }

    private static Optional<String> check() {
        return new ConvolutionCheck(Convolution::last2d)
                .fault(ConvolutionCheck.LAST)
                .or(() -> ConvolutionCheck.transposed(Convolution::lastTransposed2d)
                        .fault(ConvolutionCheck.LAST_TRANSPOSED));
    }

    private static String sentence(String fault) {
        return EngineState.wrongOneDnn() + " where the channels of an image come last in memory: " + fault
                + ". They come first, and large networks take about a tenth longer.";
    }
}
