package org.scorebook.aten;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The processor of this machine, as far as native code chooses its instructions by it.
 *
 * @param name for people, such as {@code AMD EPYC 9R14}
 * @param identity all that tells kinds of processors apart: maker, family, model, stepping, instruction sets
 */
public record Processor(String name, String identity) {
    private static final List<String> KEYS =
            List.of("vendor_id", "cpu family", "model", "model name", "stepping", "flags", "CPU part", "Features");

    /** This machine's. */
    public static Processor current() {
        return of(Path.of("/proc/cpuinfo"));
    }

    static Processor of(Path cpuInfo) {
        Map<String, String> entries = new LinkedHashMap<>();
        try {
            for (String line : Files.readAllLines(cpuInfo)) {
                String[] parts = line.split(":", 2);
                if (parts.length == 2 && KEYS.contains(parts[0].strip())) {
                    entries.putIfAbsent(parts[0].strip(), parts[1].strip());
                }
            }
        } catch (IOException e) {
            // not Linux: what Java knows must do
        }
        String architecture = System.getProperty("os.arch");
        String other = System.getenv().getOrDefault("PROCESSOR_IDENTIFIER", architecture); // Windows sets it
        return new Processor(entries.getOrDefault("model name", other), architecture + " " + other + " " + entries);
    }
}
