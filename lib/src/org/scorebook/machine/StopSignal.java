package org.scorebook.machine;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/**
 * The wish from outside that a training write a checkpoint and stop: SIGTERM, Ctrl-C (SIGINT), SIGHUP, which a terminal sends
 * when it is closed, or SIGUSR1, which batch systems send before they take a machine away. A training loop asks
 * {@link #isRaised} after each step.
 *
 * <p>The JVM goes on as if nothing had happened, for while it shuts down pictures cannot be written nor libraries loaded. More
 * signals change nothing but the exit code: batch systems send several, and none but SIGKILL costs the checkpoint. One that was
 * ignored when the process began, as {@code nohup} does with SIGHUP, stays so.
 */
public final class StopSignal {
    /** Of the process after each; SIGUSR1 is a request that was fulfilled. */
    private static final Map<String, Integer> EXIT_CODES = Map.of("TERM", 143, "INT", 130, "HUP", 129, "USR1", 0);

    private static String raised;
    private static Thread breakable;

    private final List<Runnable> restore = new ArrayList<>();

    private StopSignal() {}

    /** Listens until it is closed. */
    public static StopSignal listen() {
        synchronized (StopSignal.class) {
            raised = null;
        }
        StopSignal signal = new StopSignal();
        EXIT_CODES.keySet().forEach(signal::handle);
        return signal;
    }

    /** Whether the training is to stop. */
    public static synchronized boolean isRaised() {
        return raised != null;
    }

    /**
     * Does work that can be left undone, and breaks it off at the signal.
     *
     * @param work stops with a {@link CancellationException} when its thread is interrupted, and reads and writes no files, whose
     *     channels an interrupt would close
     * @return what comes of it; empty where the signal came first
     */
    public static <T> Optional<T> unlessRaised(Supplier<T> work) {
        synchronized (StopSignal.class) {
            if (raised != null) {
                return Optional.empty();
            }
            breakable = Thread.currentThread();
        }
        try {
            return Optional.of(work.get());
        } catch (CancellationException e) {
            if (isRaised()) {
                return Optional.empty();
            }
            throw e;
        } finally {
            synchronized (StopSignal.class) {
                breakable = null;
                if (raised != null) {
                    Thread.interrupted(); // it may have come too late to be seen
                }
            }
        }
    }

    /** What the process should exit with: 0, or after SIGTERM 143, after Ctrl-C 130, after SIGHUP 129. */
    public static synchronized int exitCode() {
        return raised == null ? 0 : EXIT_CODES.get(raised);
    }

    /** For the sentence in the status. */
    public static synchronized String cause() {
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

    private static synchronized void raise(String name) {
        if (name.equals("INT") && raised != null) {
            System.err.println("the step is finished and a checkpoint written first; kill -KILL "
                    + ProcessHandle.current().pid() + " ends the process at once and without it");
        }
        raised = name;
        if (breakable != null) {
            breakable.interrupt();
        }
    }

    /** The run has ended: signals do what they did before. */
    public void close() {
        restore.forEach(Runnable::run);
    }
}
