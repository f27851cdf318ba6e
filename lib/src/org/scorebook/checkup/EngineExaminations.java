package org.scorebook.checkup;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.scorebook.aten.Convolution;
import org.scorebook.aten.EngineState;
import org.scorebook.aten.Torch;
import org.scorebook.train.SelfTest;

/** What the doctor looks at in the engine. */
final class EngineExaminations {
    private static final double LARGEST_ERROR = 0.02;

    private EngineExaminations() {}

    static List<Finding> engine() {
        EngineState state = Torch.state();
        Engine engine = Engine.getEngine("PyTorch");
        Finding version = Finding.ok("Engine", "PyTorch " + engine.getVersion() + " by DJL " + Engine.getDjlVersion());
        return List.of(version, convolutions(state));
    }

    private static Finding convolutions(EngineState state) {
        Optional<String> wrong = Convolution.faultOfSecondDerivatives();
        if (wrong.isPresent()) {
            return Finding.failed("Convolutions", wrong.get());
        }
        Optional<String> warning = state.warning().or(Convolution::channelsLastWarning);
        if (warning.isPresent()) {
            return Finding.note("Convolutions", warning.get());
        }
        String right = String.format(
                Locale.ROOT,
                "right, with both gradients and second derivatives, also in memory full of NaN, against float64 (%.2f s at each"
                        + " start)",
                state.seconds());
        return state.fillsBlocks()
                ? Finding.ok("Convolutions", right)
                : Finding.note("Convolutions", right + "; only because Scorebook fills up what oneDNN leaves open");
    }

    static List<Finding> training() {
        List<Finding> findings = new ArrayList<>();
        for (Device device : devices()) {
            findings.add(gradient(device));
            findings.add(repeats(device));
        }
        return findings;
    }

    /** The CPU and, where there are GPUs, each of them. */
    private static List<Device> devices() {
        try (NDManager manager = Torch.onCpu()) {
            List<Device> devices = new ArrayList<>(List.of(Device.cpu()));
            devices.addAll(Arrays.stream(manager.getEngine().getDevices())
                    .filter(Device::isGpu)
                    .toList());
            return devices;
        }
    }

    private static Finding gradient(Device device) {
        double error = new SelfTest(device).gradientError();
        String text = String.format(
                Locale.ROOT,
                "a U-Net's gradient on %s differs by %.2g of its length from differences",
                name(device),
                error);
        return error < LARGEST_ERROR ? Finding.ok("Gradient", text) : Finding.failed("Gradient", text);
    }

    /** cuDNN sums in an order that may change, so that on a GPU this is good to know and no failure. */
    private static Finding repeats(Device device) {
        if (new SelfTest(device).repeats()) {
            return Finding.ok("Training", "two steps, twice from one seed, give the same bytes on " + name(device));
        }
        String text = "two steps, twice from one seed, give different bytes on " + name(device);
        return device.isGpu() ? Finding.note("Training", text) : Finding.failed("Training", text);
    }

    private static String name(Device device) {
        return device.isGpu() ? "GPU " + device.getDeviceId() : "the CPU";
    }
}
