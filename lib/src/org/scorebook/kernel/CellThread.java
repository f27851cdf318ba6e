package org.scorebook.kernel;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The one thread that user code runs on: engines keep state by thread (PyTorch its grad mode), so cells must share it.
 * Code that does not stop when interrupted is left behind on its thread, and the next cell gets a new one.
 */
final class CellThread {
    /** How long interrupted code may take to stop before it is left behind. */
    static final long GRACE_MILLIS = 2000;

    private ExecutorService executor;
    private Thread thread;
    private CompletableFuture<Object> running;
    private boolean interrupted;

    /** Forgets an earlier interrupt: the next cell begins. */
    synchronized void reset() {
        interrupted = false;
        LoopGuard.release(thread); // a thread left behind is no longer this one and stays stopped
    }

    synchronized boolean isInterrupted() {
        return interrupted;
    }

    /** Runs the task on the cell thread and waits for it; what it throws comes out as it was thrown. */
    Object call(Callable<Object> task) throws Throwable {
        CompletableFuture<Object> result = start(task);
        try {
            return result.get();
        } catch (ExecutionException e) {
            throw e.getCause();
        }
    }

    private synchronized CompletableFuture<Object> start(Callable<Object> task) {
        if (interrupted) {
            return CompletableFuture.failedFuture(new LoopGuard.Stopped());
        }
        if (executor == null) {
            executor = Executors.newSingleThreadExecutor(this::newThread);
        }
        CompletableFuture<Object> result = new CompletableFuture<>();
        running = result;
        executor.execute(() -> run(task, result));
        return result;
    }

    private void run(Callable<Object> task, CompletableFuture<Object> result) {
        Thread.interrupted(); // what is left of an interrupt that came too late for the cell before
        try {
            if (isInterrupted()) { // one that came for this cell, a moment before
                throw new LoopGuard.Stopped();
            }
            result.complete(task.call());
        } catch (Throwable e) {
            result.completeExceptionally(e);
        }
    }

    private Thread newThread(Runnable body) {
        thread = new Thread(body, "cells");
        thread.setDaemon(true);
        return thread;
    }

    /** Interrupts the running cell; a thread that is still busy after {@link #GRACE_MILLIS} is left behind. */
    synchronized void interrupt() {
        interrupted = true;
        CompletableFuture<Object> task = running;
        if (task == null || task.isDone()) {
            return;
        }
        LoopGuard.stop(thread);
        thread.interrupt();
        // not on the common pool, which a cell's parallel stream may fill
        CompletableFuture.delayedExecutor(GRACE_MILLIS, TimeUnit.MILLISECONDS, Runnable::run)
                .execute(() -> leaveBehind(task));
    }

    private synchronized void leaveBehind(CompletableFuture<Object> task) {
        if (!task.isDone() && task == running) {
            executor.shutdown();
            executor = null;
            thread = null;
            task.completeExceptionally(new LeftBehind());
        }
    }

    static final class LeftBehind extends Error {
        private static final long serialVersionUID = 1;

        LeftBehind() {
            super("the cell was interrupted, but its code does not react: it goes on in the background");
        }
    }
}
