package org.scorebook.run;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The wish from outside that a training write a checkpoint and stop: SIGTERM, Ctrl-C (SIGINT), or SIGUSR1, which batch
 * systems send before they take a machine away. A training loop asks {@link #isRaised} after each step.
 *
 * <p>The JVM goes on as if nothing had happened, for while it shuts down pictures cannot be written nor libraries loaded. A
 * second SIGTERM or Ctrl-C ends it at once, and so does a loop that takes more than two minutes to stop.
 */
public final class StopSignal {
    /** Of the process after each; SIGUSR1 is a request that was fulfilled. */
    private static final Map<String, Integer> EXIT_CODES = Map.of("TERM", 143, "INT", 130, "USR1", 0);

    /** Enough for a checkpoint of a large model on a slow disk. */
    private static final Duration TIME_TO_STOP = Duration.ofMinutes(2);

    private static volatile String raised;
    private static volatile Thread limit;

    private final List<Runnable> restore = new ArrayList<>();

    private StopSignal() {}

    /** Listens until it is closed. */
    static StopSignal listen() {
        raised = null;
        limit = null;
        StopSignal signal = new StopSignal();
        EXIT_CODES.keySet().forEach(signal::handle);
        return signal;
    }

    /** Whether the training is to stop. */
    public static boolean isRaised() {
        return raised != null;
    }

    /** What the process should exit with: 0, or after SIGTERM 143, after Ctrl-C 130. */
    public static int exitCode() {
        return raised == null ? 0 : EXIT_CODES.get(raised);
    }

    /** For the sentence in the status. */
    static String cause() {
        return "SIG" + raised;
    }

    /** By reflection: the compiler warns of each mention of sun.misc.Signal, and a Java without it goes without. */
    private void handle(String name) {
        try {
            Class<?> type = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object signal = type.getConstructor(String.class).newInstance(name);
            Object ours = Proxy.newProxyInstance(
                    StopSignal.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        raise(name);
                        return null;
                    });
            Object before = type.getMethod("handle", type, handler).invoke(null, signal, ours);
            restore.add(() -> {
                try {
                    type.getMethod("handle", type, handler).invoke(null, signal, before);
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException("the handler of SIG" + name + " cannot be put back", e);
                }
            });
        } catch (ReflectiveOperationException e) {
            // this system has no such signal, or the JVM keeps it for itself
        }
    }

    private static void raise(String name) {
        int code = EXIT_CODES.get(name);
        if (raised != null && code != 0) {
            Runtime.getRuntime().halt(code);
        }
        raised = name;
        limit = new Thread(() -> haltAfter(TIME_TO_STOP, code), "stop-limit");
        limit.setDaemon(true);
        limit.start();
    }

    private static void haltAfter(Duration time, int code) {
        try {
            Thread.sleep(time.toMillis());
            Runtime.getRuntime().halt(code);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it has stopped in time
        }
    }

    /** The run has ended: signals do what they did before. */
    void close() {
        restore.forEach(Runnable::run);
        if (limit != null) {
            limit.interrupt();
        }
    }
}
