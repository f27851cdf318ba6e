package org.scorebook.aten;

import java.util.Optional;

/**
 * What the check at the engine's start has found.
 *
 * @param fault which convolution oneDNN gets wrong on this processor: it is not used in this process then; empty for none
 * @param limit the instructions that oneDNN is limited to because of a fault: in this process or, where the fault was found now,
 *     from the next on; empty for none
 * @param fillsBlocks whether oneDNN itself writes the zeros that {@link Convolution} does not leave to it; where not, networks of
 *     other people's are evaluated without oneDNN
 * @param seconds that the check took
 */
public record EngineState(Optional<String> fault, Optional<String> limit, boolean fillsBlocks, double seconds) {
    /** One line for the user, where this processor costs time. */
    public Optional<String> warning() {
        String processor = wrongOneDnn();
        if (fault.isPresent()) {
            String later = limit.isPresent() ? "; from the next process on it is limited to " + limit.get() : "";
            return Optional.of(processor + ": " + fault.get()
                    + ". This process does without, and is 5 to 20 times slower" + later + ".");
        }
        return limit.map(l -> processor + " but for its " + l
                + " instructions, which are used: convolutions are about 4 times slower.");
    }

    /** How a warning begins. */
    static String wrongOneDnn() {
        return "scorebook: oneDNN, PyTorch's library for convolutions, is wrong on this processor ("
                + Processor.current().name() + ")";
    }
}
