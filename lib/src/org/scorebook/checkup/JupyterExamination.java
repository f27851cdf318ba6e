package org.scorebook.checkup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.scorebook.base.Invocation;

/** What the doctor looks at in the Python that the start script has found Jupyter in, and names in a variable. */
final class JupyterExamination {
    private static final String PYTHON = "SCOREBOOK_DOCTOR_PYTHON";
    private static final int SECONDS = 60;

    /** Prints a line for the versions and one for each kernel: its name, a tab, what it starts (the last argument is a file). */
    private static final String SCRIPT = """
            import importlib, sys
            versions = ["Python " + sys.version.split()[0]]
            for name in "jupyterlab", "notebook", "jupyter_client", "nbclient", "nbconvert":
                try:
                    versions.append(name + " " + importlib.import_module(name).__version__)
                except Exception:
                    pass
            print(", ".join(versions) + ", in " + sys.executable)
            from jupyter_client.kernelspec import KernelSpecManager
            for name, spec in sorted(KernelSpecManager().get_all_specs().items()):
                argv = spec["spec"]["argv"]
                print(name + "\t" + argv[0] + " ... " + argv[-2])
            """;

    private JupyterExamination() {}

    static List<Finding> jupyter() throws IOException, InterruptedException {
        String python = System.getenv(PYTHON);
        if (python == null || python.isBlank()) {
            return List.of(Finding.note(
                    "Jupyter",
                    "none found yet; '" + Invocation.of("notebooks") + "' and '" + Invocation.of("lab")
                            + "' install it, or say what to install"));
        }
        Process process = new ProcessBuilder(python, "-W", "ignore", "-c", SCRIPT)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0 || lines.isEmpty()) {
            return List.of(Finding.failed("Jupyter", python + " has been found, but cannot list its kernels"));
        }
        List<Finding> findings = new ArrayList<>(List.of(Finding.ok("Jupyter", lines.get(0))));
        lines.stream().skip(1).map(JupyterExamination::kernel).forEach(findings::add);
        boolean ours = lines.stream().anyMatch(line -> line.startsWith("java\t"));
        if (!ours) {
            findings.add(Finding.failed("Kernel", "java is not among them: run '" + Invocation.of("kernel") + "'"));
        }
        return findings;
    }

    /** @param line a kernel's name, and the first and last of its command, the last of which may be a jar */
    static Finding kernel(String line) {
        String jar = line.substring(line.indexOf(" ... ") + " ... ".length());
        return line.startsWith("java\t") && jar.endsWith(".jar") && !Files.exists(Path.of(jar))
                ? Finding.failed(
                        "Kernel",
                        jar + " is gone: run '" + Invocation.of("kernel --own") + "', or name it anew with --jar")
                : Finding.ok("Kernel", line.replace("\t", ": "));
    }
}
