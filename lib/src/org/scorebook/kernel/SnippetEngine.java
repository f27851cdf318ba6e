package org.scorebook.kernel;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/**
 * Runs what JShell compiles on the cell thread, and keeps a snippet's value as the object that it is. Loops of cells are
 * guarded, their assertions enabled, and nothing runs that assigns to a final variable.
 */
final class SnippetEngine extends DirectExecutionControl {
    private final CellThread thread;
    private final Runnable beforeEach;
    private final Finals finals;
    private final Consumer<String> beforeRun;
    private Object value;
    private final List<Finals.Assignment> assignments = new ArrayList<>();

    /**
     * @param beforeEach runs on the cell thread before each snippet
     * @param beforeRun is told the class that a snippet is about to run in
     */
    SnippetEngine(CellThread thread, Runnable beforeEach, Finals finals, Consumer<String> beforeRun) {
        this.thread = thread;
        this.beforeRun = beforeRun;
        this.beforeEach = beforeEach;
        this.finals = finals;
    }

    /** Forgets what the snippet before left. */
    void reset() {
        value = null;
        assignments.clear();
    }

    /** The last snippet's value. */
    Object value() {
        return value;
    }

    /** Why a snippet was not run, by the name of its class, or {@code null}. */
    Finals.Assignment refused(String className) {
        return assignments.stream()
                .filter(each -> (each.className() + "$").startsWith(className + "$"))
                .findFirst()
                .orElse(null);
    }

    @Override
    public void load(ClassBytecodes[] classes)
            throws ClassInstallException, NotImplementedException, EngineTerminationException {
        ClassBytecodes[] guarded = new ClassBytecodes[classes.length];
        for (int i = 0; i < classes.length; i++) {
            guarded[i] = new ClassBytecodes(classes[i].name(), LoopGuard.guard(classes[i].bytecodes()));
            finals.assignmentIn(classes[i].bytecodes()).ifPresent(assignments::add);
        }
        super.load(guarded);
        for (ClassBytecodes loaded : guarded) {
            enableAssertions(loaded.name());
        }
    }

    /** A class asks its loader when it is initialised, which is later. */
    private void enableAssertions(String className) throws EngineTerminationException {
        try {
            findClass(className).getClassLoader().setDefaultAssertionStatus(true);
        } catch (ClassNotFoundException e) {
            throw new EngineTerminationException(e.toString());
        }
    }

    @Override
    protected String invoke(Method snippet) throws Exception {
        String className = snippet.getDeclaringClass().getName();
        if (refused(className) != null) {
            return "";
        }
        beforeRun.accept(className);
        try {
            value = thread.call(() -> {
                beforeEach.run();
                return snippet.invoke(null);
            });
            return "";
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new InternalException(e.toString());
        }
    }

    /** Empty where the variable has the value that every variable of its type begins with: JShell asks for no more here. */
    @Override
    public String varValue(String className, String name)
            throws RunException, EngineTerminationException, InternalException {
        try {
            Class<?> owner = findClass(className);
            var field = owner.getDeclaredField(name);
            field.setAccessible(true);
            Object initial = Array.get(Array.newInstance(field.getType(), 1), 0);
            Object now = field.get(null);
            return now == null || now.equals(initial) ? "" : "set";
        } catch (ReflectiveOperationException e) {
            throw new InternalException(e.toString());
        }
    }

    /** The engine under the name that JShell's builder asks for. */
    ExecutionControlProvider provider() {
        return new ExecutionControlProvider() {
            @Override
            public String name() {
                return "cells";
            }

            @Override
            public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
                return SnippetEngine.this;
            }
        };
    }
}
