package org.scorebook.course;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Ends a student's code that takes too long. The code runs on the thread that asks for it, since the engine keeps state by thread:
 * gradients and managers are as they are in a cell. Another thread interrupts it, and ends loops where the kernel guards them; other
 * code that does not react to an interrupt goes on, and a line says so.
 */
final class TimeLimit {
    /** Code that took too long. */
    static final class Over extends Exception {
        private static final long serialVersionUID = 1;

        Over(Duration limit) {
            super("is over the time limit of " + Wording.number(limit.toMillis() / 1000.0)
                    + " s: is there a loop without end?");
        }
    }

    private static final long GRACE_SECONDS = 2;
    private static final String LOOP_GUARD =
            "org.scorebook.kernel.LoopGuard"; // by name: kernels other than ours do without

    private final Thread thread = Thread.currentThread();
    private final CountDownLatch end = new CountDownLatch(1);
    private final Duration limit;
    private boolean over;

    private TimeLimit(Duration limit) {
        this.limit = limit;
        Thread watch = new Thread(this::watch, "time limit of a check");
        watch.setDaemon(true);
        watch.start();
    }

    static Object call(Attempt attempt, Duration limit) throws Exception {
        TimeLimit watch = new TimeLimit(limit);
        Object answer = null;
        Throwable thrown = null;
        try {
            answer = attempt.make();
        } catch (Throwable e) { // also what a stopped loop throws
            thrown = e;
        }
        if (watch.end()) {
            throw new Over(limit);
        }
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown != null) {
            throw (Exception) thrown;
        }
        return answer;
    }

    /**
     * Calls code for a try on a thread of its own, which is left behind where it does not end: code that is given wrong values may well
     * run for ever, under any kernel.
     */
    static Object aside(Attempt attempt, Duration limit) throws Exception {
        FutureTask<Object> task = new FutureTask<>(attempt::make);
        Thread thread = new Thread(task, "a wrong version for a hint");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            loops("stop", thread);
            thread.interrupt();
            thread.join(GRACE_SECONDS * 100);
            if (!thread.isAlive()) {
                loops("release", thread);
            }
            throw new Over(limit);
        }
    }

    private void watch() {
        try {
            if (!end.await(limit.toNanos(), TimeUnit.NANOSECONDS)
                    && stop()
                    && !end.await(GRACE_SECONDS, TimeUnit.SECONDS)) {
                Wording.print("  over the time limit, and not to be stopped: interrupt or restart the kernel");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean stop() {
        over = end.getCount() > 0;
        if (over) {
            loops("stop", thread);
            thread.interrupt();
        }
        return over;
    }

    /** Whether the code was stopped; nothing of that stays with the thread. */
    private synchronized boolean end() {
        end.countDown();
        if (over) {
            loops("release", thread);
            Thread.interrupted();
        }
        return over;
    }

    private static void loops(String order, Thread thread) {
        try {
            Class.forName(LOOP_GUARD).getMethod(order, Thread.class).invoke(null, thread);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(LOOP_GUARD + "." + order + " must be there", e);
        }
    }
}
