package org.scorebook.submission;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.scorebook.aten.Torch;
import org.scorebook.base.LibraryVersion;

/** The versions and the hardware that notebooks are executed with here. */
final class Machine {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
    private static final String VERSIONS = """
            import sys
            from importlib.metadata import PackageNotFoundError, version
            names = ["Python " + sys.version.split()[0]]
            for name in "jupyter_client", "nbformat", "nbconvert", "jupyterlab", "notebook":
                try:
                    names.append(name + " " + version(name))
                except PackageNotFoundError:
                    pass
            print(", ".join(names))""";

    private Machine() {}

    static Map<String, String> versions(Workbench workbench) throws IOException {
        Workbench.Ended ended = workbench.run(Map.of(), () -> {}, List.of("-c", VERSIONS));
        if (ended.code() != 0) {
            throw new IOException("Python does not tell its version: " + ended.lastWords());
        }
        return Map.of(
                "scorebook", LibraryVersion.text(),
                "java", Runtime.version() + ", " + System.getProperty("java.vendor"),
                "engine", engine(),
                "jupyter", workbench.output().strip(),
                "system", System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                "hardware", hardware());
    }

    private static String engine() {
        try (NDManager manager = Torch.onCpu()) {
            Engine engine = manager.getEngine();
            return engine.getEngineName() + " " + engine.getVersion() + ", "
                    + Arrays.stream(engine.getDevices())
                            .map(Device::toString)
                            .distinct()
                            .collect(Collectors.joining(", "));
        }
    }

    private static String hardware() throws IOException {
        String model = "";
        if (Files.isReadable(PROCESSORS)) {
            model = Files.readAllLines(PROCESSORS).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.replaceFirst("^[^:]*:\\s*", "") + ", ")
                    .findFirst()
                    .orElse("");
        }
        return model + Runtime.getRuntime().availableProcessors() + " processors, " + gibibytes() + " GiB of memory";
    }

    private static long gibibytes() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? Math.round(system.getTotalMemorySize() / (double) (1L << 30))
                : 0;
    }
}
