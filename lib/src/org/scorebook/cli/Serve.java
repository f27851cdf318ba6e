package org.scorebook.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.scorebook.folder.Runs;
import org.scorebook.machine.StopSignal;
import org.scorebook.service.HttpService;
import org.scorebook.service.ServiceSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code scorebook serve}. */
@Command(
        name = "serve",
        description = "Serve trained models over HTTP: a page at /, an interface for programs, described at /docs.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ${ROOT-COMMAND-NAME} serve",
            "  ${ROOT-COMMAND-NAME} serve --host 0.0.0.0 --token \"$(openssl rand -hex 16)\"",
            "  curl -o bag.png -H 'Content-Type: application/json' -d '{\"model_type\": \"diffusion\", \"classes\": \"bag\"}'"
                    + " http://127.0.0.1:8000/generate_image",
            "",
            "SIGTERM and Ctrl-C let it finish the pictures that were asked for, and take no more; trainings go on.",
            "Exit code: 143 SIGTERM; 130 Ctrl-C; 129 SIGHUP; 1 failed; 2 wrong command line."
        })
final class Serve implements Callable<Integer> {
    private static final int POLL_MILLIS = 100;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "address to listen at; one that other machines reach needs a token (default: 127.0.0.1)")
    private String host = "127.0.0.1";

    @Option(names = "--port", paramLabel = "N", description = "port to listen at, 0 for a free one (default: 8000)")
    private int port = 8000;

    @Option(
            names = "--token",
            paramLabel = "TEXT",
            description =
                    "what clients must show as 'Authorization: Bearer TEXT' (default: what SCOREBOOK_TOKEN says, else none)")
    private String token = System.getenv("SCOREBOOK_TOKEN");

    @Option(
            names = "--runs-dir",
            paramLabel = "DIR",
            description = "folder of the trainings (default: what SCOREBOOK_RUNS names, else ./runs)")
    private Path runs;

    @Option(
            names = "--outputs",
            paramLabel = "DIR",
            description = "folder of the pictures, of which the newest 1,000 are kept (default: ./outputs)")
    private Path outputs = Path.of("outputs");

    @Option(
            names = "--data-root",
            paramLabel = "DIR",
            description = "folder below which data_dir of a training may lie (default: none may)")
    private Path data;

    @Option(
            names = "--device",
            paramLabel = "NAME",
            description = "auto, cpu, cuda, mps, or one of several, as cuda:1 (default: auto)")
    private String device = "auto";

    @Option(names = "--queue", paramLabel = "N", description = "requests for pictures that may wait (default: 64)")
    private int places = 64;

    @Option(names = "--limit", paramLabel = "SECONDS", description = "longest time for one of them (default: 300)")
    private int limit = 300;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = runs == null ? Runs.folder() : runs.toAbsolutePath().normalize();
        ServiceSettings settings = new ServiceSettings(
                host,
                port,
                token == null || token.isEmpty() ? null : token,
                folder,
                outputs.toAbsolutePath(),
                data,
                device,
                places,
                Duration.ofSeconds(limit),
                Duration.ofSeconds(30));
        StopSignal signal = StopSignal.listen();
        try (HttpService service = HttpService.start(settings, System.out)) {
            spec.commandLine().getOut().println("Scorebook serves at " + service.url() + "/ (Ctrl-C ends it)");
            spec.commandLine().getOut().flush();
            while (!StopSignal.isRaised()) {
                Thread.sleep(POLL_MILLIS);
            }
            spec.commandLine().getErr().println("scorebook: stopping");
        } finally {
            signal.close();
        }
        return StopSignal.exitCode();
    }
}
