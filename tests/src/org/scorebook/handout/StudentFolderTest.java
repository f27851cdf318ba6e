package org.scorebook.handout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scorebook.Refusal;
import org.scorebook.ipynb.NotebookFile;

class StudentFolderTest {
    @TempDir
    private Path folder;

    private static HandedFile notebook(String source) throws IOException {
        NotebookFile notebook = StudentNotebook.of(Notebooks.of("a.ipynb", source));
        return new HandedFile("a.ipynb", notebook.text().getBytes(StandardCharsets.UTF_8));
    }

    private static HandedFile text(String text) {
        return new HandedFile("pictures/b.txt", text.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> update(HandedFile... files) throws IOException {
        return new StudentFolder(folder).update(List.of(files));
    }

    private String read(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    /** As Jupyter saves it: with metadata of its own, and fields in another order. */
    private void save(String source, boolean executed) throws IOException {
        NotebookFile notebook = NotebookFile.read(folder.resolve("a.ipynb"));
        notebook.metadata().addProperty("saved", "by Jupyter");
        notebook.cells().get(0).setSource(source);
        if (executed) {
            notebook.cells().get(0).json().addProperty("execution_count", 1);
        }
        notebook.write(folder.resolve("a.ipynb"));
    }

    private void expect(String source, String name) throws IOException {
        assertEquals(
                source, NotebookFile.read(folder.resolve(name)).cells().get(0).source());
    }

    @Test
    void anEmptyFolderGetsAllAndTheSecondTimeNothing() throws IOException {
        assertEquals(List.of("a.ipynb is new.", "pictures/b.txt is new."), update(notebook("1"), text("b")));
        assertEquals("b", read("pictures/b.txt"));
        assertEquals(List.of(), update(notebook("1"), text("b")));
    }

    @Test
    void whatWasNotChangedIsReplaced() throws IOException {
        update(notebook("1"), text("b"));
        save("1", false);
        assertEquals(
                List.of(
                        "a.ipynb has a new version, which replaces yours: you had not changed it.",
                        "pictures/b.txt has a new version, which replaces yours: you had not changed it."),
                update(notebook("2"), text("c")));
        expect("2", "a.ipynb");
        assertEquals("c", read("pictures/b.txt"));
    }

    @Test
    void whatWasChangedStaysAndTheNewOneIsBesideItOnce() throws IOException {
        update(notebook("1"), text("b"));
        save("mine", false);
        assertEquals(List.of(), update(notebook("1"), text("b")));
        String sentence = "a.ipynb has a new version: yours stays as you have changed it, the new one is %s.";
        assertEquals(List.of(sentence.formatted("a-new.ipynb")), update(notebook("2"), text("b")));
        expect("mine", "a.ipynb");
        expect("2", "a-new.ipynb");
        assertEquals(List.of(), update(notebook("2"), text("b")));
        assertEquals(List.of(sentence.formatted("a-new-2.ipynb")), update(notebook("3"), text("b")));
        expect("2", "a-new.ipynb");
        expect("3", "a-new-2.ipynb");
        expect("mine", "a.ipynb");
    }

    @Test
    void whatWasOnlyExecutedStaysToo() throws IOException {
        update(notebook("1"));
        save("1", true);
        assertEquals(1, update(notebook("2")).size());
        expect("1", "a.ipynb");
        expect("2", "a-new.ipynb");
    }

    @Test
    void oneWhoHasTheNewOneAlreadyIsToldNothing() throws IOException {
        update(notebook("1"));
        save("2", false);
        assertEquals(List.of(), update(notebook("2")));
    }

    @Test
    void withoutItsRecordNothingIsLost() throws IOException {
        update(notebook("1"), text("b"));
        for (String record : List.of("{", "null", "[]", "")) {
            Files.writeString(folder.resolve(".scorebook.json"), record);
            assertEquals(2, update(notebook(record + "2"), text(record + "c")).size());
            expect("1", "a.ipynb");
            assertEquals("b", read("pictures/b.txt"));
        }
    }

    @Test
    void aNotebookThatIsNoneAnyMoreStays() throws IOException {
        update(notebook("1"));
        Files.writeString(folder.resolve("a.ipynb"), "{broken");
        update(notebook("2"));
        assertEquals("{broken", read("a.ipynb"));
        expect("2", "a-new.ipynb");
    }

    @Test
    void onlyForceReplacesOthers() throws IOException {
        StudentFolder fresh = new StudentFolder(folder);
        assertEquals(List.of("a.ipynb", "pictures/b.txt"), fresh.write(List.of(notebook("1"), text("b")), false));
        assertEquals(List.of(), fresh.write(List.of(notebook("1"), text("b")), false));
        save("mine", false);
        String refusal = Refusal.message(() -> fresh.write(List.of(text("c"), notebook("2")), false));
        assertTrue(refusal.contains("other versions of pictures/b.txt, a.ipynb: --force"), refusal);
        expect("mine", "a.ipynb");
        assertEquals("b", read("pictures/b.txt"));
        assertEquals(List.of("a.ipynb"), fresh.write(List.of(text("b"), notebook("2")), true));
        expect("2", "a.ipynb");
    }
}
