package org.scorebook.submission;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scorebook.ipynb.NotebookFile;

class LocalPathsTest {
    private final LocalPaths paths =
            new LocalPaths(Stream.of(Path.of("/srv/ada-notes"), Path.of("/"), Path.of("/opt")));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Path.of(\"/home/ada/data\") | /home/ada/data",
                "cannot read /root/x.png. | /root/x.png",
                "see /root for it | /root",
                "in /Users/ada: no file | /Users/ada",
                "file:///home/ada/a.csv | file:///home/ada/a.csv",
                "Path.of(\"C:\\\\Users\\\\ada\\\\a.csv\") | C:\\\\Users\\\\ada\\\\a.csv",
                "C:/Users/ada/a.csv | C:/Users/ada/a.csv",
                "\"D:\\\\work\\\\a.csv\" | D:\\\\work\\\\a.csv",
                "E:\\notes.txt is gone | E:\\notes.txt",
                "read('/media/usb/x') | /media/usb/x",
                "/srv/ada-notes/run.txt | /srv/ada-notes/run.txt",
                "in \u001B[31m/home/ada\u001B[0m | /home/ada"
            })
    void foldersOfAMachineAreFound(String text, String path) {
        assertEquals(Set.of(path), paths.in(text, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/usr/share/datasets/fashion-mnist",
                "/tmp/out.png and /opt/tool",
                "https://example.org/home/ada/index.html",
                "http://localhost:8000/home/x",
                "https://home/Users/guide",
                "data/home/ada and ./home/ada and ~/home/x and ${dir}/home/x",
                "d/root, sqrt(x)/root(y) and /roots/of/unity",
                "\\frac{d}{dt} a/home",
                "/srv/ada-notes-2/x",
                "System.out.println(\"x:\\n\" + 3)",
                "String n = \"A:\\n\";",
                "<a href=\"data:image/png;base64,AAAA+/home/ada/Users/xx\">",
                "// 1/2 /* 3 */"
            })
    void whatIsNoneIsLeftAlone(String text) {
        assertEquals(Set.of(), paths.in(text, true));
    }

    @Test
    void aFormulaIsNoDrive() {
        assertEquals(Set.of(), paths.in("$F:\\mathbb{R}^d\\to\\mathbb{R}$ and $G:\\Users$", false));
    }

    @Test
    void sourcesAndOutputsAreLookedThrough() throws IOException {
        NotebookFile notebook = Handed.notebook(
                "01-small",
                Handed.text("In /home/ada/a."),
                Handed.code(1, "read(\"/home/ada/b\")", Handed.PRINTED.replace("a\\n", "/home/ada/c\\n")),
                Handed.code(
                        2,
                        "picture",
                        "{\"output_type\": \"display_data\", \"metadata\": {}, \"data\": {\"image/png\": \"+/home/ada\","
                                + " \"text/html\": \"<p>/home/ada/d</p>\"}}"));
        assertEquals(
                List.of(
                        "01-small, cell 1 (`In /home/ada/a.`) names a folder of your machine, which nobody else has: /home/ada/a",
                        "01-small, cell 2 (`read(\"/home/ada/b\")`) names a folder of your machine, which nobody else has: /home/ada/b",
                        "01-small, cell 2 (`read(\"/home/ada/b\")`) shows a folder of your machine, which nobody else has: /home/ada/c",
                        "01-small, cell 3 (`picture`) shows a folder of your machine, which nobody else has: /home/ada/d"),
                paths.reasons(notebook).stream().map(Objection::sentence).toList());
    }

    static List<Path> notebooks() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("notebooks"))) {
            return files.filter(file -> file.toString().endsWith(NotebookFile.SUFFIX))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void theNotebooksOfTheCourseHaveNone(Path file) throws IOException {
        assertEquals(List.of(), paths.reasons(NotebookFile.read(file)));
    }
}
