package org.scorebook.mutants;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.scorebook.ipynb.Exercise;

/** The cell of an answer, read by the compiler: its trees, where each stands in the cell, the types of its variables. */
final class Answer {
    private static final String HEAD = "class Cell {";

    private final String source;
    private final int head;
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final Map<String, String> types = new LinkedHashMap<>();

    /** @param source imports, then methods: what a class can hold */
    Answer(String source) {
        this.source = source;
        this.head = endOfImports(source);
        String text = source.substring(0, head) + HEAD + source.substring(head) + "\n}";
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, problems, List.of("-proc:none"), null, List.of(new Source(text)));
        try {
            this.unit = task.parse().iterator().next();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!problems.getDiagnostics().isEmpty()) {
            throw new IllegalArgumentException("source must be Java, but: " + problems.getDiagnostics());
        }
        this.positions = Trees.instance(task).getSourcePositions();
        unit.accept(new Declarations(), null);
    }

    private static int endOfImports(String source) {
        int last = source.lastIndexOf("\nimport ") + 1;
        return source.startsWith("import ", last) ? source.indexOf('\n', last) : 0;
    }

    String source() {
        return source;
    }

    CompilationUnitTree unit() {
        return unit;
    }

    int start(Tree tree) {
        return inCell(positions.getStartPosition(unit, tree));
    }

    int end(Tree tree) {
        return inCell(positions.getEndPosition(unit, tree));
    }

    private int inCell(long position) {
        return (int) (position < head ? position : position - HEAD.length());
    }

    String text(Tree tree) {
        return source.substring(start(tree), end(tree));
    }

    /** Whether a tree is what a student writes. */
    boolean isSolution(Tree tree) {
        int begin = source.lastIndexOf(Exercise.BEGIN, Math.max(0, start(tree)));
        return begin >= 0 && end(tree) <= source.indexOf(Exercise.END, begin);
    }

    /** The declared type of a variable or parameter; nothing for others. */
    String type(String name) {
        return types.getOrDefault(name, "");
    }

    /** The parameters of the method around a solution, and their types. */
    Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        method().getParameters()
                .forEach(each ->
                        parameters.put(each.getName().toString(), each.getType().toString()));
        return parameters;
    }

    /** The method around the solution. */
    MethodTree method() {
        int begin = source.indexOf(Exercise.BEGIN);
        var found = new TreeScanner<MethodTree, Void>() {
            @Override
            public MethodTree visitMethod(MethodTree method, Void nothing) {
                return method.getBody() != null && start(method) < begin && begin < end(method) ? method : null;
            }

            @Override
            public MethodTree reduce(MethodTree first, MethodTree second) {
                return first == null ? second : first;
            }
        };
        return unit.accept(found, null);
    }

    private final class Declarations extends TreeScanner<Void, Void> {
        @Override
        public Void visitVariable(VariableTree variable, Void nothing) {
            if (variable.getType() != null) {
                types.put(variable.getName().toString(), variable.getType().toString());
            }
            return super.visitVariable(variable, nothing);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("string:///Cell.java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
