package org.scorebook.machine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.scorebook.aten.Torch;
import org.scorebook.base.Caches;
import org.scorebook.base.Names;
import org.scorebook.base.Require;

/** The devices that a configuration's {@code device} names. */
public final class Devices {
    /** The variable that names another {@link #queueFolder}. */
    public static final String LOCKS = "SCOREBOOK_LOCKS";

    private static final String AUTO = "auto";
    private static final String UNKNOWN = "this-machine";

    private Devices() {}

    /**
     * The engine's device of a name: {@code auto} is the first GPU where there is one.
     *
     * @throws IllegalArgumentException for a device that the engine does not see
     */
    public static Device resolve(String name) {
        Require.given("name", name);
        Engine engine;
        try (NDManager manager = Torch.onCpu()) {
            engine = manager.getEngine();
        }
        if (name.equals(AUTO)) {
            return engine.defaultDevice();
        }
        if (name.equals("mps") && !System.getProperty("os.name").startsWith("Mac")) {
            throw new IllegalArgumentException("device is mps, which only a Mac has; take cpu, cuda or auto");
        }
        return name.startsWith("cuda") ? cuda(name, engine.getGpuCount()) : Device.of(name, -1);
    }

    private static Device cuda(String name, int count) {
        int number = name.equals("cuda") ? 0 : Integer.parseInt(name.substring("cuda:".length()));
        if (number >= count) {
            throw new IllegalArgumentException("device is " + name + ", but the engine sees "
                    + (count == 0 ? "no CUDA device" : "only " + count + " CUDA devices, cuda:0 being the first")
                    + "; take cpu, or see in README how to install the CUDA engine");
        }
        return Device.gpu(number);
    }

    /** One name for each device, such as {@code cuda:0}; loads the engine only for {@code auto}. */
    public static String canonicalName(String name) {
        if (Require.given("name", name).equals(AUTO)) {
            Device device = resolve(name);
            return device.isGpu() ? "cuda:" + device.getDeviceId() : device.getDeviceType();
        }
        return name.equals("cuda") ? "cuda:0" : name;
    }

    /**
     * Where the queues are: the folder that {@code SCOREBOOK_LOCKS} names, else one for this machine in the user's cache,
     * which several machines may share; in a Slurm job one for the job.
     */
    public static Path queueFolder() {
        String variable = System.getenv(LOCKS);
        if (variable != null && !variable.isBlank()) {
            return Path.of(variable);
        }
        String job = System.getenv(
                "SLURM_JOB_ID"); // Slurm has given it devices of its own, of the same names as those of others
        return Caches.folder().resolve("devices").resolve(machine() + (job == null ? "" : "-job-" + job));
    }

    /** The name of this machine in its network. */
    public static String machine() {
        for (String file : List.of("/proc/sys/kernel/hostname", "/etc/hostname")) {
            try {
                return Names.ofFile(Files.readString(Path.of(file)).strip(), UNKNOWN);
            } catch (IOException e) {
                // the next one
            }
        }
        return UNKNOWN;
    }
}
