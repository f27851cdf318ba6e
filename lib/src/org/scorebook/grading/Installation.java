package org.scorebook.grading;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scorebook.base.Caches;
import org.scorebook.base.Require;
import org.scorebook.sandbox.Visible;

/**
 * The project on this machine, as far as executing notebooks needs it.
 *
 * @param project its folder
 * @param interpreter a Python with Jupyter
 * @param environment the variables of this process
 */
public record Installation(Path project, String interpreter, Map<String, String> environment) {
    private static final Path SHARED = Path.of("/run/scorebook");
    private static final List<String> HANDED_ON =
            List.of("PATH", "LANG", "LC_ALL", "OMP_NUM_THREADS", "GOMP_SPINCOUNT", "DNNL_MAX_CPU_ISA", "LD_PRELOAD");

    /** Copies the variables. */
    public Installation {
        environment = Map.copyOf(environment);
    }

    /**
     * The one that environment/scorebook says.
     *
     * @throws IllegalStateException without it
     */
    public static Installation ofThisProcess() {
        String project = System.getProperty("scorebook.project");
        String python = System.getenv("SCOREBOOK_PYTHON");
        if (project == null || python == null) {
            throw new IllegalStateException(
                    "Marking needs Jupyter and the project: use environment/scorebook course grade.");
        }
        return new Installation(Path.of(project), python, System.getenv());
    }

    /** The notebooks with solutions. */
    public Path notebooks() {
        return project.resolve("notebooks");
    }

    /** The command of a program in environment/. */
    public List<String> python(String program) {
        return List.of(
                interpreter,
                project.resolve("environment")
                        .resolve(Require.given("program", program))
                        .toString());
    }

    /** The variables of the runner; none but those that it needs. */
    Map<String, String> runnerEnvironment(Path handed) {
        Map<String, String> variables = handedOn();
        variables.put(
                "JUPYTER_PATH",
                environment.getOrDefault("JUPYTER_PATH", jupyter().toString()));
        variables.put("JUPYTER_RUNTIME_DIR", handed.toString());
        variables.put("JUPYTER_PLATFORM_DIRS", "1");
        variables.put("HOME", handed.toString());
        variables.put("PYTHONDONTWRITEBYTECODE", "1");
        return variables;
    }

    private Map<String, String> handedOn() {
        Map<String, String> variables = new LinkedHashMap<>();
        HANDED_ON.stream().filter(environment::containsKey).forEach(name -> variables.put(name, environment.get(name)));
        variables.putIfAbsent("LANG", "C.UTF-8");
        return variables;
    }

    private Path jupyter() {
        return project.resolve("target/jupyter");
    }

    /** The variables of the kernel. */
    Map<String, String> kernelEnvironment(Path work, MarkingOptions options) {
        Map<String, String> variables = handedOn();
        long heap = options.limits().memory() / 8 * 5 >> 20;
        String own = "-Xmx" + heap + "m -Duser.home=" + work + " -Djava.io.tmpdir=/tmp";
        variables.put("JDK_JAVA_OPTIONS", (environment.getOrDefault("JDK_JAVA_OPTIONS", "") + " " + own).strip());
        variables.put("HOME", work.toString());
        variables.put("SCOREBOOK_BUDGET", options.budget());
        variables.put("SCOREBOOK_LOCKS", work.resolve("locks").toString());
        if (Files.isDirectory(engine())) {
            variables.put("DJL_CACHE_DIR", SHARED.resolve("djl").toString());
        }
        if (Files.isDirectory(cache())) {
            variables.put("XDG_CACHE_HOME", SHARED.resolve("cache").toString());
        }
        if (environment.containsKey("SCOREBOOK_DATA")) {
            variables.put("SCOREBOOK_DATA", SHARED.resolve("data").toString());
        }
        return variables;
    }

    private Path engine() {
        return Path.of(environment.getOrDefault(
                "DJL_CACHE_DIR", home().resolve(".djl.ai").toString()));
    }

    private Path cache() {
        return Caches.folder(environment, home());
    }

    private static Path home() {
        return Path.of(System.getProperty("user.home"));
    }

    /** What the kernel sees: the system, the library, Java, the engine, the data; no notebook. */
    Visible visible() throws IOException {
        Visible visible = Visible.system()
                .add(project.resolve("target/lib"))
                .add(project.resolve("lib/src"))
                .add(Path.of(System.getProperty("java.home")))
                .addFiles(engine(), SHARED.resolve("djl"))
                .add(cache(), SHARED.resolve("cache/scorebook"));
        if (environment.containsKey("SCOREBOOK_DATA")) {
            visible.add(Path.of(environment.get("SCOREBOOK_DATA")), SHARED.resolve("data"));
        }
        if (environment.containsKey("LD_PRELOAD")) {
            visible.add(Path.of(environment.get("LD_PRELOAD")));
        }
        return addKernel(visible);
    }

    /** The files that the kernel's command names, and the Java that it starts. */
    private Visible addKernel(Visible visible) throws IOException {
        Path spec = jupyter().resolve("kernels/java/kernel.json");
        if (!Files.isRegularFile(spec)) {
            return visible;
        }
        JsonObject kernel = new Gson().fromJson(Files.readString(spec), JsonObject.class);
        for (JsonElement part : kernel.getAsJsonArray("argv")) {
            Path path = part.getAsString().startsWith("/")
                    ? Path.of(part.getAsString().replaceFirst("/\\*$", ""))
                    : null;
            if (path != null && path.endsWith("bin/java") && Files.exists(path)) {
                visible.add(path.toRealPath().getParent().getParent());
                visible.add(path.getParent().getParent());
            } else if (path != null) {
                visible.add(path);
            }
        }
        return visible;
    }
}
