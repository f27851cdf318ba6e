package org.scorebook.grading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.scorebook.ipynb.NotebookFile;

/** What is executed of a hand-in, cell by cell. */
class RestorerTest {
    private static final Declarations DECLARATIONS = new Declarations();
    private static final String SETUP = "import org.scorebook.course.Check;\ndouble truth = 2;";
    private static final String ANSWER = "double one() {\n    // BEGIN SOLUTION\n    return 2;\n    // END SOLUTION\n}";
    private static final String CHECK = "Check.exercise(\"1\");\nif (one() != truth) throw new Error();";
    private static final String MINE = "double one() {\n    return 3;\n}";

    @AfterAll
    static void close() {
        DECLARATIONS.close();
    }

    private static NotebookFile notebook(String... sources) throws IOException {
        JsonArray cells = new JsonArray();
        for (String source : sources) {
            JsonObject cell = new JsonObject();
            cell.addProperty("cell_type", "code");
            cell.addProperty("source", source);
            cells.add(cell);
        }
        JsonObject json = new JsonObject();
        json.addProperty("nbformat", 4);
        json.addProperty("nbformat_minor", 4);
        json.add("cells", cells);
        return NotebookFile.parse(Path.of("n.ipynb"), json.toString());
    }

    private static Restored restore(String... sources) throws IOException {
        ReferenceNotebook reference = new ReferenceNotebook(notebook(SETUP, ANSWER, CHECK), DECLARATIONS);
        return Restorer.restore(reference, notebook(sources), DECLARATIONS);
    }

    private static List<String> sources(Restored restored) {
        return restored.notebook().cells().stream().map(cell -> cell.source()).toList();
    }

    @Test
    void whatIsAsItWasHandedOutStays() throws IOException {
        Restored restored = restore(SETUP, MINE, CHECK);
        assertEquals(List.of(SETUP, MINE, CHECK), sources(restored));
        assertEquals(List.of(), restored.restorations());
        assertEquals(Map.of("1", List.of(2)), restored.checks());
        assertEquals(Map.of("1", List.of(1)), restored.answers());
    }

    @Test
    void checkStandsBehindTheLastAnswer() throws IOException {
        assertEquals(List.of(SETUP, MINE, "1 + 1", ANSWER, CHECK), sources(restore(SETUP, MINE, "1 + 1", ANSWER)));
        assertEquals(List.of(SETUP, MINE, CHECK), sources(restore(SETUP, CHECK, MINE)));
    }

    @Test
    void helperBetweenAnswerAndCheckStaysBetween() throws IOException {
        String helper = "double helper() { return 1; }";
        assertEquals(List.of(SETUP, MINE, helper, CHECK), sources(restore(SETUP, MINE, helper, CHECK)));
    }

    @Test
    void lessonThatIsGoneComesBack() throws IOException {
        Restored restored = restore(MINE);
        assertEquals(List.of(SETUP, MINE, CHECK), sources(restored));
        assertEquals(
                "A cell of the lesson was missing: put back was cell 1 of the original.",
                restored.restorations().get(0));
    }

    @Test
    void cellThatDeclaresWhatChecksRelyOnIsLeftOut() throws IOException {
        for (String cell : List.of("double truth = 3;", "class Check {}", "class Error extends Exception {}")) {
            Restored restored = restore(SETUP, cell, MINE, CHECK);
            assertEquals(List.of(SETUP, MINE, CHECK), sources(restored), cell);
            assertTrue(restored.restorations().get(0).endsWith("was left out."), cell);
        }
    }

    @Test
    void answerThatDeclaresItGetsNothing() throws IOException {
        assertEquals(
                Set.of("1"),
                restore(SETUP, MINE + "\ndouble truth = 3;", CHECK).withheld().keySet());
        assertEquals(
                Map.of(), restore(SETUP, MINE + "\ndouble other = 3;", CHECK).withheld());
    }

    @Test
    void namesAreNotThoseInTextsAndComments() {
        assertEquals(
                Set.of("int", "a", "f", "String", "s"),
                JavaWords.names("int a = f(1e3); // b\nString s = \"c\\\"d\" /* e */; g -> 1; a.h"));
        assertEquals(Set.of("Check"), JavaWords.names("\\u0043heck"));
    }
}
