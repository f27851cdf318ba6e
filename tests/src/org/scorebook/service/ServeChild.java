package org.scorebook.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.scorebook.aten.Child;
import org.scorebook.cli.Main;

/** {@code scorebook serve} in a process of its own. */
final class ServeChild implements AutoCloseable {
    private static final Pattern URL = Pattern.compile("serves at (http://\\S+)/ ");

    private final Process process;
    private final Path output;

    private ServeChild(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * Starts it.
     *
     * @param folder for runs and pictures
     * @param options besides those for these
     */
    static ServeChild start(Path folder, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("serve", "--port", "0", "--device", "cpu"));
        arguments.addAll(List.of("--runs-dir", folder.resolve("runs").toString()));
        arguments.addAll(List.of("--outputs", folder.resolve("outputs").toString()));
        arguments.addAll(List.of(options));
        Path output = Files.createTempFile(folder, "serve", ".txt");
        ProcessBuilder builder = Child.java(Main.class, arguments.toArray(String[]::new));
        builder.environment().remove("SCOREBOOK_TOKEN");
        return new ServeChild(
                builder.redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start(),
                output);
    }

    Process process() {
        return process;
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    /** As soon as it listens. */
    Client client() throws Exception {
        Client.await(
                "it listens", () -> !process.isAlive() || URL.matcher(output()).find());
        Matcher url = URL.matcher(output());
        if (!url.find()) {
            throw new IOException("the service has ended: " + output());
        }
        return new Client(url.group(1));
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
    }
}
