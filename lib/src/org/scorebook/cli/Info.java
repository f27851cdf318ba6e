package org.scorebook.cli;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.scorebook.aten.Torch;
import org.scorebook.base.LibraryVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code scorebook info}: what to put into a bug report. */
@Command(
        name = "info",
        description = "Show versions, the engine and the devices it sees.",
        mixinStandardHelpOptions = true)
final class Info implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        out.println("Scorebook  " + LibraryVersion.text());
        out.println("Java       " + Runtime.version() + ", " + System.getProperty("java.vendor"));
        out.println("System     " + System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", "
                + Runtime.getRuntime().availableProcessors() + " processors");
        try (NDManager manager = Torch.onCpu()) {
            Engine engine = manager.getEngine();
            out.println("Engine     " + engine.getEngineName() + " " + engine.getVersion());
            out.println("Devices    "
                    + Arrays.stream(engine.getDevices())
                            .map(Device::toString)
                            .distinct()
                            .collect(Collectors.joining(", ")));
        }
    }
}
