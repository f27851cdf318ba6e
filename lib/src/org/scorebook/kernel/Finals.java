package org.scorebook.kernel;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.VarSnippet;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The variables that cells declared final. JShell drops the modifier, so assignments are looked for in byte code. */
final class Finals {
    private static final Pattern FINAL = Pattern.compile(
            "\\A(?:(?:public|protected|private|static|@[\\w.]+(?:\\([^)]*\\))?)\\s+)*final\\s", Pattern.DOTALL);

    /** The class of a snippet, where its variable is a static field; classes that a cell declares are nested in it. */
    private static final Pattern SNIPPET = Pattern.compile("REPL/\\$JShell\\$\\w+");

    /** Where a final variable is assigned to: a line of the class that JShell made. */
    record Assignment(String variable, String className, int line) {}

    private final Set<String> names = new HashSet<>();

    /** Takes note of a declaration; one without a value may still be given its first. */
    void declared(VarSnippet variable) {
        names.remove(variable.name());
        if (variable.subKind() == SubKind.VAR_DECLARATION_WITH_INITIALIZER_SUBKIND
                && FINAL.matcher(variable.source()).find()) {
            names.add(variable.name());
        }
    }

    /** The first assignment of the class to a final variable of another snippet. */
    Optional<Assignment> assignmentIn(byte[] classFile) {
        if (names.isEmpty()) {
            return Optional.empty();
        }
        Search search = new Search();
        new ClassReader(classFile).accept(search, ClassReader.SKIP_FRAMES);
        return Optional.ofNullable(search.found);
    }

    private final class Search extends ClassVisitor {
        private String className;
        private Assignment found;

        Search() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visit(int version, int access, String name, String sig, String parent, String[] interfaces) {
            className = name;
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String type, String sig, String[] errors) {
            return new MethodVisitor(Opcodes.ASM9) {
                private int line;

                @Override
                public void visitLineNumber(int number, Label start) {
                    line = number;
                }

                @Override
                public void visitFieldInsn(int opcode, String owner, String field, String type) {
                    if (found == null
                            && opcode == Opcodes.PUTSTATIC
                            && !owner.equals(className)
                            && SNIPPET.matcher(owner).matches()
                            && names.contains(field)) {
                        found = new Assignment(field, className.replace('/', '.'), line);
                    }
                }
            };
        }
    }
}
