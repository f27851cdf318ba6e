package org.scorebook.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A process that does one piece of work each time it is asked to and says how long it took, so that two engines which cannot
 * share a process can take turns. It reads lines of commands: {@code run} is answered by {@code seconds S}, {@code memory} by
 * {@code bytes N}, the most that was ever resident, {@code faults} by {@code pages N}, how many pages of memory the process had to
 * ask the system for until now.
 */
public final class WorkServer {
    private WorkServer() {}

    /** Says that it is ready, then serves until there is no more to read. */
    public static void serve(Runnable work) throws IOException {
        PrintStream answers = System.out;
        System.setOut(System.err); // what a library prints is no answer
        answers.println("ready");
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            answers.println(
                    switch (command) {
                        case "run" -> "seconds " + seconds(work);
                        case "memory" -> "bytes " + mostResident();
                        case "faults" -> "pages " + minorFaults();
                        default -> throw new IllegalArgumentException("unknown command " + command);
                    });
        }
    }

    private static double seconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    /** As Linux knows it; 0 elsewhere. */
    private static long mostResident() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        }
    }

    /** As {@link #mostResident}. */
    private static long minorFaults() throws IOException {
        Path stat = Path.of("/proc/self/stat");
        if (!Files.exists(stat)) {
            return 0;
        }
        String line = Files.readString(stat);
        return Long.parseLong(
                line.substring(line.lastIndexOf(')') + 2).split(" ")[7]); // the name before may have spaces
    }
}
