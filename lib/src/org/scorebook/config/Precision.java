package org.scorebook.config;

import ai.djl.Device;
import org.scorebook.aten.MixedPrecision;
import org.scorebook.base.Require;

/** The table of the numbers that a step of a training can be computed with; weights and what is drawn are float32 with each. */
public enum Precision implements Choice {
    AUTO("bf16 on a CUDA device that is faster with it, else float32"),
    FLOAT32("float32 throughout"),
    BF16("linear layers, convolutions and attention in bfloat16, all else in float32");

    private final String help;

    Precision(String help) {
        this.help = help;
    }

    @Override
    public String help() {
        return help;
    }

    /**
     * Whether a training on a device computes in {@link MixedPrecision}.
     *
     * @throws IllegalArgumentException if it is to, and the device does so wrongly
     */
    public boolean isMixed(Device device) {
        boolean isCpu = Require.given("device", device).equals(Device.cpu());
        if (this == BF16 && isCpu) {
            MixedPrecision.fault().ifPresent(fault -> {
                throw new IllegalArgumentException(
                        "precision must be float32 on this processor, but is bf16, in which " + fault);
            });
        }
        return this == BF16 || this == AUTO && MixedPrecision.isFast(device);
    }

    @Override
    public String toString() {
        return key();
    }
}
