package org.scorebook.slurm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchScriptTest {
    private static final List<String> ODD = List.of("a b", "it's", "\"$HOME\"", "`id`", "", "*", "-cp", "x\\y", "ü;&|");

    @TempDir
    private Path folder;

    private BatchScript script(SlurmOptions options, String array, List<String> command) {
        return new BatchScript("mine", folder.resolve("log.txt"), folder, options, array, command);
    }

    private static List<String> options(String script) {
        return script.lines().filter(line -> line.startsWith("#SBATCH ")).toList();
    }

    @Test
    void optionsComeFirstAndAreQuotedAsSbatchReadsThem() {
        SlurmOptions options = SlurmOptions.usual()
                .partition("gpu")
                .gpus(2)
                .time("1-00")
                .account("a b")
                .with("comment", "say \"a\\b\"")
                .with("exclusive", "");
        String text = new BatchScript("mine", Path.of("/r 50%/log.txt"), folder, options, "0-7%4", List.of("true"))
                .text(Map.of());
        assertEquals(
                List.of(
                        "#SBATCH --job-name=mine",
                        "#SBATCH --output=\"/r 50%%/log.txt\"",
                        "#SBATCH --open-mode=append",
                        "#SBATCH --export=ALL",
                        "#SBATCH --requeue",
                        "#SBATCH --signal=B:USR1@120",
                        "#SBATCH --array=0-7%4",
                        "#SBATCH --partition=gpu",
                        "#SBATCH --gpus=2",
                        "#SBATCH --time=1-00",
                        "#SBATCH --account=\"a b\"",
                        "#SBATCH --comment=\"say \\\"a\\\\b\\\"\"",
                        "#SBATCH --exclusive"),
                options(text));
        assertTrue(text.startsWith("#!/bin/sh\n#SBATCH "), text);
    }

    /** By a real shell. */
    @Test
    void theCommandGetsItsWordsInItsFolder() throws Exception {
        Path here = Files.createDirectory(folder.resolve("it's here"));
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "pwd; printf '%s\\n' \"$@\"", "sh"));
        command.addAll(ODD);
        String text = new BatchScript("mine", folder.resolve("log.txt"), here, SlurmOptions.usual(), "", command)
                .text(Map.of("SCOREBOOK_RUNS", "r'u n$s"));
        assertEquals(here.toRealPath() + "\n" + String.join("\n", ODD) + "\n", run(text));
        String variable = text.substring(0, text.indexOf("exec ")) + ("echo \"$SCOREBOOK_RUNS $OMP_NUM_THREADS\"");
        assertEquals("r'u n$s 1\n", run(variable));
        assertEquals("r'u n$s 6\n", run("SLURM_CPUS_PER_TASK=6\n" + variable));
    }

    private String run(String script) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("job.sbatch"), script);
        ProcessBuilder shell = new ProcessBuilder("/bin/sh", file.toString()).redirectErrorStream(true);
        shell.environment().keySet().removeIf(name -> name.startsWith("SLURM_"));
        Process process = shell.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return out;
    }

    @Test
    void whatMattersIsCarriedAndSecretsAreNot() {
        Map<String, String> environment = Map.of(
                "XDG_CACHE_HOME", "/c",
                "PYTORCH_VERSION", "2.7.1",
                "ATEN_CPU_CAPABILITY", "avx2",
                "MALLOC_ARENA_MAX", "1",
                "SCOREBOOK_TOKEN", "secret",
                "OMP_NUM_THREADS", "48",
                "SSH_AUTH_SOCK", "/tmp/agent",
                "SLURM_JOB_ID", "5");
        String text = script(SlurmOptions.usual(), "", List.of("true")).text(environment);
        assertEquals(
                List.of(
                        "export ATEN_CPU_CAPABILITY=avx2",
                        "export MALLOC_ARENA_MAX=1",
                        "export PYTORCH_VERSION=2.7.1",
                        "export XDG_CACHE_HOME=/c"),
                text.lines()
                        .filter(line -> line.matches("export (?!OMP_NUM).*"))
                        .toList());
        assertFalse(text.contains("secret") || text.contains("=48"), text);
    }

    @Test
    void aLogThatSlurmWouldPutElsewhereIsRefused() {
        for (String name : List.of("back\\slash", "two\nlines")) {
            IllegalArgumentException e = assertThrows(
                    IllegalArgumentException.class,
                    () -> new BatchScript(
                            "mine", folder.resolve(name), folder, SlurmOptions.usual(), "", List.of("true")));
            assertTrue(
                    e.getMessage().startsWith("a run on Slurm must be in a folder whose path has no backslash"),
                    e::getMessage);
        }
    }

    @Test
    void theJobOfAProcessIsThatOfItsScript() {
        Map<String, String> job = Map.of("SLURM_JOB_ID", "7");
        assertEquals(new BatchJob("7", false), BatchJob.of("requeue", job).orElseThrow());
        assertTrue(BatchJob.of("resubmit", job).orElseThrow().resubmits());
        assertTrue(BatchJob.of("", job).isEmpty(), "somebody's own job with a notebook in it");
        assertTrue(BatchJob.of("requeue", Map.of()).isEmpty());
        Map<String, String> task = Map.of("SLURM_JOB_ID", "9", "SLURM_ARRAY_JOB_ID", "8", "SLURM_ARRAY_TASK_ID", "3");
        assertEquals("8_3", BatchJob.of("requeue", task).orElseThrow().id());
        assertEquals(
                "-Dscorebook.slurm=resubmit",
                BatchJob.property(SlurmOptions.usual().resubmitting()));
    }
}
