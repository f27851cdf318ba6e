package org.scorebook.submission;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TimeZone;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scorebook.base.DamagedFile;
import org.scorebook.ipynb.NotebookFile;

class VerificationTest {
    private static final String OLD_ZERO = "0".repeat(Sha256.DIGITS);

    @TempDir
    private Path folder;

    private List<String> faults(byte[] zip) throws IOException {
        return Verification.of(Files.write(folder.resolve("a.zip"), zip)).faults();
    }

    private List<String> faults(Consumer<SortedMap<String, byte[]>> change) throws IOException {
        SortedMap<String, byte[]> files = Handed.files(Handed.executed());
        change.accept(files);
        return faults(Handed.zip(files));
    }

    @Test
    void aWholeOneIsAccepted() throws IOException {
        assertEquals(List.of(), faults(files -> {}));
        assertEquals("""
                notebook  exercise  points     state
                01-small  1         2 of 2     passed
                01-small  2         0 of 1     failed
                2 of 3 points
                """, Verification.of(folder.resolve("a.zip")).table());
    }

    @Test
    void theSameFilesGiveTheSameBytesInAnyZone() throws DamagedFile {
        TimeZone zone = TimeZone.getDefault();
        try {
            byte[] here = Handed.zip(Handed.files(Handed.executed()));
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));
            assertArrayEquals(here, Handed.zip(Handed.files(Handed.executed())));
            byte[] early = Archive.of("a", Handed.files(Handed.executed()), java.time.Instant.EPOCH);
            TimeZone.setDefault(TimeZone.getTimeZone("America/Lima"));
            assertArrayEquals(early, Archive.of("a", Handed.files(Handed.executed()), java.time.Instant.EPOCH));
        } finally {
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void whatIsMissingOrDoesNotBelongIsTold() throws IOException {
        assertEquals(List.of("01-small.html is missing."), faults(files -> files.remove("01-small.html")));
        assertEquals(List.of("01-small.pdf is missing."), faults(files -> files.remove("01-small.pdf")));
        assertEquals(List.of("environment.txt is missing."), faults(files -> files.remove("environment.txt")));
        assertEquals(List.of("results.json is missing."), faults(files -> files.remove("results.json")));
        assertEquals(
                List.of("virus.exe does not belong to a submission."),
                faults(files -> Handed.put(files, "virus.exe", "MZ")));
        assertTrue(faults(files -> files.remove("01-small.ipynb")).contains("There is no notebook in it."));
    }

    @Test
    void resultsThatTheNotebooksDoNotShowAreTold() throws IOException {
        assertEquals(
                List.of("results.json does not say what the checks in the notebooks show, which is 2 of 3 points."),
                faults(files -> replace(files, "results.json", "\"points\": 2", "\"points\": 3")));
        assertEquals(
                List.of("environment.txt does not say what the notebooks say of their execution."),
                faults(files -> replace(files, "environment.txt", "2026-01-31", "2026-01-30")));
        assertEquals(
                List.of("results.json is not what this version writes."),
                faults(files -> replace(files, "results.json", "\"format\": 1", "\"format\": 2")));
        assertEquals(
                List.of("results.json is not what this version writes."),
                faults(files -> Handed.put(files, "results.json", "[")));
        List<String> changed = faults(files -> replace(files, "01-small.ipynb", "w, 4, 0", "w, 3, 0"));
        assertEquals(1, changed.size(), changed.toString());
        assertTrue(changed.get(0).endsWith("is not as it was executed: its code was changed."), changed.get(0));
    }

    private static void replace(SortedMap<String, byte[]> files, String name, String old, String with) {
        String text = new String(files.get(name), StandardCharsets.UTF_8);
        assertTrue(text.contains(old), text);
        Handed.put(files, name, text.replace(old, with));
    }

    @Test
    void errorsAreAcceptedOnlyWhereResultsSayThatTheyWereAllowed() throws IOException {
        NotebookFile notebook = Handed.notebook("01-small", Handed.code(1, "bad()", Handed.FAILED));
        ExecutionMark.put(notebook, Handed.execution());
        SortedMap<String, byte[]> files = Handed.files(notebook);
        assertEquals(
                List.of("01-small, cell 1 (`bad()`) ends in an error: CheckFailed: wrong."), faults(Handed.zip(files)));
        Handed.put(files, Results.FILE, new Results("Ada", "", List.of("errors"), List.of(notebook)).text());
        assertEquals(List.of(), faults(Handed.zip(files)));
    }

    @Test
    void aDamagedNotebookIsTold() throws IOException {
        for (String bad : List.of(
                "{",
                "[".repeat(300_000),
                "{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\", \"source\": \"a\", \"outputs\": [1]}]}",
                "{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\", \"source\": \"a\", \"execution_count\": \"x\","
                        + " \"outputs\": []}]}",
                "{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\", \"outputs\": [], \"source\":"
                        + " \"Check.exercise(\\\"1\\\", 99999999999)\"}]}")) {
            List<String> told = faults(files -> Handed.put(files, "01-small.ipynb", bad));
            assertTrue(told.get(0).startsWith("01-small.ipynb "), told.toString());
        }
    }

    /** A zip of these entries, with a seal that fits. */
    private static byte[] sealed(String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setComment(OLD_ZERO);
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.closeEntry();
            }
        }
        return resealed(bytes.toByteArray());
    }

    private static byte[] resealed(byte[] zip) {
        byte[] seal = Sha256.of(zip, zip.length - Sha256.DIGITS).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(seal, 0, zip, zip.length - seal.length, seal.length);
        return zip;
    }

    @Test
    void namesThatLeadElsewhereAreTold() throws IOException {
        for (String name : List.of(
                "../evil.html",
                "a/../../evil",
                "/etc/passwd",
                "a/b/c",
                "a\\b",
                "C:/x",
                "a/.hidden",
                "a/",
                "x",
                "a/\u001b[2J")) {
            List<String> told = faults(sealed(name));
            assertTrue(told.get(0).matches("The name \".*\" is not safe: it must be FOLDER/FILE\\."), told.toString());
            assertFalse(told.stream().anyMatch(line -> line.contains("\u001b")));
        }
        assertTrue(faults(sealed("a/x.html", "b/y.html")).contains("Its files lie in 2 folders, and not in one."));
    }

    @Test
    void aFileTwiceIsTold() throws IOException {
        byte[] zip = sealed("a/x.html", "a/y.html");
        for (int i = 0; i < zip.length; i++) {
            zip[i] = zip[i] == 'y' && zip[i + 1] == '.' ? (byte) 'x' : zip[i];
        }
        List<String> told = faults(resealed(zip));
        assertTrue(told.contains("x.html is in it twice."), told.toString());
    }

    /** Most programs read the directory at the end of a zip, some the entries from its start. */
    @Test
    void twoDirectoriesThatDifferAreTold() throws IOException {
        byte[] zip = sealed("a/x.html");
        int last = new String(zip, StandardCharsets.ISO_8859_1).lastIndexOf("x.html");
        zip[last] = 'y';
        assertTrue(faults(resealed(zip)).contains("Its directory lists other files than it has."));
    }

    @Test
    void aLinkIsTold() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            zip.setComment(OLD_ZERO);
            ZipArchiveEntry entry = new ZipArchiveEntry("a/x.html");
            entry.setUnixMode(0120777);
            zip.putArchiveEntry(entry);
            zip.write("/etc/passwd".getBytes(StandardCharsets.UTF_8));
            zip.closeArchiveEntry();
        }
        assertTrue(faults(resealed(bytes.toByteArray())).contains("\"a/x.html\" is a link or a folder, and no file."));
    }

    @Test
    void whatInflatesWithoutEndIsNotRead() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("a/x.html"));
            byte[] zeros = new byte[1 << 20];
            for (long i = 0; i <= Archive.LARGEST_FILE >> 20; i++) {
                zip.write(zeros);
            }
            zip.closeEntry();
        }
        assertTrue(bytes.size() < 200_000);
        List<String> told = faults(bytes.toByteArray());
        assertTrue(told.get(1).contains("over 100 MB each"), told.toString());
        String[] many = new String[Archive.MOST_FILES + 1];
        Arrays.setAll(many, i -> "a/" + i);
        assertTrue(faults(sealed(many)).get(0).contains("over 500 files"));
    }

    /** Bits flipped, bytes set to zero, cut off, doubled and added, anywhere: none of them is accepted, and none is a surprise. */
    @Test
    void noDamageIsAccepted() throws IOException {
        byte[] good = Handed.zip(Handed.files(Handed.executed()));
        Random random = new Random(19);
        for (int i = 0; i < 600; i++) {
            byte[] mutant = mutant(good, random);
            if (!Arrays.equals(mutant, good)) {
                List<String> told = faults(mutant);
                assertFalse(told.isEmpty(), "mutant " + i);
                told.forEach(fault -> assertTrue(fault.matches("(?s)\\S.*[.]") && !fault.contains("Exception"), fault));
            }
        }
    }

    /** The same by somebody who makes the seal fit: then either it is told, or all files are as they were. */
    @Test
    void damageBelowAGoodSealChangesNoFile() throws IOException {
        SortedMap<String, byte[]> files = Handed.files(Handed.executed());
        byte[] good = Handed.zip(files);
        Random random = new Random(20);
        int told = 0;
        for (int i = 0; i < 600; i++) {
            byte[] mutant = good.clone();
            int place = random.nextInt(good.length - Sha256.DIGITS);
            mutant[place] ^= (byte) (1 << random.nextInt(8));
            Path zip = Files.write(folder.resolve("b.zip"), resealed(mutant));
            if (!Verification.of(zip).faults().isEmpty()) {
                told++;
            } else {
                files.forEach((name, content) -> assertArrayEquals(content, read(zip, name), name));
            }
        }
        assertTrue(told > 400, told + " of 600");
    }

    private static byte[] read(Path zip, String name) {
        try {
            return ArchiveContent.of(zip).files().get(name);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static byte[] mutant(byte[] good, Random random) {
        int place = random.nextInt(good.length);
        byte[] mutant = good.clone();
        switch (random.nextInt(5)) {
            case 0 -> mutant[place] ^= (byte) (1 << random.nextInt(8));
            case 1 -> Arrays.fill(mutant, place, Math.min(good.length, place + 1 + random.nextInt(100)), (byte) 0);
            case 2 -> mutant = Arrays.copyOf(good, place);
            case 3 -> mutant = Arrays.copyOf(good, good.length + 1 + random.nextInt(100));
            default -> {
                mutant = Arrays.copyOf(good, good.length + place);
                System.arraycopy(good, 0, mutant, good.length, place);
            }
        }
        return mutant;
    }
}
