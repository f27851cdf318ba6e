package org.scorebook.handout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.scorebook.base.DamagedFile;
import org.scorebook.ipynb.NotebookCell;
import org.scorebook.ipynb.NotebookFile;

/**
 * A file that is handed out.
 *
 * @param name its path below the folder, with slashes
 * @param content its bytes
 */
public record HandedFile(String name, byte[] content) {
    /** Whether a folder has it, with the same bytes. */
    public boolean isIn(Path folder) throws IOException {
        Path file = folder.resolve(name);
        return Files.isRegularFile(file) && Arrays.equals(content, Files.readAllBytes(file));
    }

    /**
     * What changes when a student works on the file. Of a notebook these are its cells and whether any was executed: Jupyter writes
     * the rest anew each time it saves one.
     */
    String fingerprint() {
        if (name.endsWith(NotebookFile.SUFFIX)) {
            try {
                return sha256(words(NotebookFile.parse(Path.of(name), new String(content, StandardCharsets.UTF_8))));
            } catch (DamagedFile e) {
                return sha256(content);
            }
        }
        return sha256(content);
    }

    private static byte[] words(NotebookFile notebook) {
        StringBuilder words = new StringBuilder();
        for (NotebookCell cell : notebook.cells()) {
            for (String word : new String[] {cell.id().orElse(""), cell.type(), cell.source()}) {
                words.append(word.length()).append(' ').append(word);
            }
            words.append(cell.executionCount().isPresent() ? " executed\n" : "\n");
        }
        return words.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
