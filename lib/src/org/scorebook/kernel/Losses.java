package org.scorebook.kernel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jshell.JShell;
import jdk.jshell.PersistentSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Kind;
import jdk.jshell.Snippet.Status;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.VarSnippet;

/**
 * What a cell took away from the student without a word of Java saying so: JShell declares a variable anew, without its
 * value, when the type it rests on is defined anew, and lets a second declaration replace a first.
 */
final class Losses {
    private final JShell shell;
    private final Map<String, String> lost = new LinkedHashMap<>();
    private final Set<String> twice = new LinkedHashSet<>();
    private final Set<String> declared = new HashSet<>();
    private Set<String> held = Set.of();
    private String change = "";

    Losses(JShell shell) {
        this.shell = shell;
    }

    void beginCell() {
        lost.clear();
        twice.clear();
        declared.clear();
    }

    void beforeSnippet() {
        held = shell.variables()
                .filter(variable -> variable.subKind() != SubKind.TEMP_VAR_EXPRESSION_SUBKIND && holds(variable))
                .map(VarSnippet::name)
                .collect(Collectors.toSet());
    }

    private boolean holds(VarSnippet variable) {
        return shell.status(variable) == Status.VALID
                && !shell.varValue(variable).isEmpty();
    }

    /** @param rerun whether the event's snippet comes from a cell that reads as the one it came from before */
    void after(SnippetEvent event, boolean rerun) {
        Snippet snippet = event.snippet();
        if (event.status() == Status.OVERWRITTEN || !(snippet instanceof PersistentSnippet declaration)) {
            return;
        }
        if (event.causeSnippet() == null) {
            change = declaration.name()
                    + (snippet.kind() == Kind.IMPORT
                            ? " was imported, for Java looks at all declarations again"
                            : " was defined anew");
            if (snippet.kind() != Kind.IMPORT && !declared.add(snippet.id())) {
                twice.add(declaration.name());
            }
        }
        if (snippet instanceof VarSnippet && held.contains(declaration.name())) {
            if (event.causeSnippet() != null) {
                lost.putIfAbsent(declaration.name(), change);
            } else if (!rerun && snippet.subKind() == SubKind.VAR_DECLARATION_SUBKIND) {
                lost.putIfAbsent(declaration.name(), "it was declared again");
            }
        }
    }

    /** A sentence for each cause, about the variables that the cell has not given a value again. */
    List<String> notes() {
        Set<String> again =
                shell.variables().filter(this::holds).map(VarSnippet::name).collect(Collectors.toSet());
        Map<String, List<String>> names = lost.entrySet().stream()
                .filter(entry -> !again.contains(entry.getKey()))
                .collect(Collectors.groupingBy(
                        Map.Entry::getValue,
                        LinkedHashMap::new,
                        Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
        List<String> notes = new ArrayList<>();
        names.forEach((cause, variables) -> notes.add(String.join(", ", variables)
                + (variables.size() == 1 ? " lost its value" : " lost their values") + " when " + cause
                + ": run again what sets " + (variables.size() == 1 ? "it" : "them")));
        twice.forEach(name -> notes.add(name + " is declared twice in this cell: the last declaration holds"));
        return notes;
    }
}
