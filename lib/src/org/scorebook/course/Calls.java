package org.scorebook.course;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * What a method calls, read in the byte code. JShell's own class loader has it; JJava's shows none.
 */
final class Calls {
    /** In place of what a method calls, where the class loader shows no byte code. */
    static final Set<String> HIDDEN = Set.of("");

    private record Target(String owner, String method) {
        String name() {
            return owner.substring(owner.lastIndexOf('/') + 1).replaceAll(".*\\$", "") + "." + method;
        }
    }

    private final ClassLoader loader;
    private final String home;
    private final Map<String, Map<String, Set<Target>>> read = new HashMap<>();

    private Calls(Class<?> cell) {
        this.loader = cell.getClassLoader();
        String name = cell.getName().replace('.', '/');
        this.home = name.startsWith("REPL/") ? "REPL/" : name;
    }

    /**
     * The names of the methods that a method calls, as {@code Type.method}, of constructors {@code Type.new}; or {@link #HIDDEN}.
     *
     * @param cell the class of the code that calls it
     * @throws IllegalArgumentException where that code does not call it
     */
    static Set<String> in(Class<?> cell, String method) throws IOException {
        Calls calls = new Calls(cell);
        if (calls.loader.getResource(cell.getName().replace('.', '/') + ".class") == null) {
            return HIDDEN;
        }
        Set<Target> inCell = new HashSet<>();
        for (Set<Target> targets : calls.of(cell.getName().replace('.', '/')).values()) {
            inCell.addAll(targets);
        }
        List<Target> start = calls.reach(inCell).stream()
                .filter(target -> target.method.equals(method) && target.owner.startsWith(calls.home))
                .toList();
        if (start.isEmpty()) {
            throw new IllegalArgumentException("method must be one that a check of this cell calls, but is " + method);
        }
        Set<String> names = new HashSet<>();
        calls.reach(calls.targets(start.get(0))).forEach(target -> names.add(target.name()));
        return names;
    }

    /** Those and all that code of cells among them calls in turn. */
    private Set<Target> reach(Set<Target> from) throws IOException {
        Set<Target> all = new HashSet<>(from);
        Deque<Target> next = new ArrayDeque<>(from);
        while (!next.isEmpty()) {
            for (Target target : targets(next.remove())) {
                if (all.add(target)) {
                    next.add(target);
                }
            }
        }
        return all;
    }

    private Set<Target> targets(Target of) throws IOException {
        return of.owner.startsWith(home) ? of(of.owner).getOrDefault(of.method, Set.of()) : Set.of();
    }

    private Map<String, Set<Target>> of(String owner) throws IOException {
        Map<String, Set<Target>> calls = read.get(owner);
        if (calls == null) {
            calls = read(owner);
            read.put(owner, calls);
        }
        return calls;
    }

    private Map<String, Set<Target>> read(String owner) throws IOException {
        Map<String, Set<Target>> calls = new HashMap<>();
        try (InputStream bytes = loader.getResourceAsStream(owner + ".class")) {
            if (bytes == null) {
                throw new IOException("the byte code of " + owner + " must be readable, but is not");
            }
            new ClassReader(bytes).accept(visitor(calls), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        }
        return calls;
    }

    private static ClassVisitor visitor(Map<String, Set<Target>> calls) {
        return new ClassVisitor(Opcodes.ASM9) {
            @Override
            public MethodVisitor visitMethod(int access, String name, String type, String generic, String[] errors) {
                return new Recorder(calls.computeIfAbsent(name, key -> new HashSet<>()));
            }
        };
    }

    private static final class Recorder extends MethodVisitor {
        private final Set<Target> targets;

        Recorder(Set<Target> targets) {
            super(Opcodes.ASM9);
            this.targets = targets;
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String type, boolean ofInterface) {
            add(owner, name);
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String type, Handle bootstrap, Object... arguments) {
            for (Object argument : arguments) {
                if (argument instanceof Handle handle) { // a lambda's body, or a method that is referred to
                    add(handle.getOwner(), handle.getName());
                }
            }
        }

        private void add(String owner, String name) {
            targets.add(new Target(owner, name.equals("<init>") ? "new" : name));
        }
    }
}
