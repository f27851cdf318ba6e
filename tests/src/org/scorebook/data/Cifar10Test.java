package org.scorebook.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Cifar10Test {
    private static final List<String> FILES =
            Stream.concat(Cifar10.TRAIN.stream(), Cifar10.TEST.stream()).toList();

    @TempDir
    private Path folder;

    @Test
    void recordsAreLabelRedGreenBlue() throws IOException {
        writeFolder();
        ImageSet train = Cifar10.train(folder);
        assertEquals("cifar-10: 50 images of shape (3, 32, 32)", train.toString());
        assertEquals(3, train.label(13));
        byte[] second = DataFiles.cifar(10, 1);
        int record = 3 * 3073;
        int pixel = 32 * 5 + 7;
        int expected = (second[record + 1 + pixel] & 0xff) << 16
                | (second[record + 1 + 1024 + pixel] & 0xff) << 8
                | second[record + 1 + 2048 + pixel] & 0xff;
        assertEquals(expected, train.picture(13).getRGB(7, 5) & 0xffffff);
        assertEquals(10, Cifar10.test(folder).size());
    }

    @Test
    void theArchiveReadsAsItsFilesDo() throws IOException {
        writeFolder();
        Path archive = Files.write(folder.resolve(Cifar10.ARCHIVE), archive("cifar-10-batches-bin/"));
        ImageSet files = Cifar10.train(folder);
        ImageSet packed = Cifar10.train(archive);
        assertArrayEquals(files.labels(), packed.labels());
        for (int i = 0; i < files.size(); i++) {
            assertEquals(files.picture(i).getRGB(9, 9), packed.picture(i).getRGB(9, 9));
        }
    }

    @Test
    void noNameInAnArchiveLeadsAstray() throws IOException {
        Path inner = Files.createDirectories(folder.resolve("a/b"));
        Path archive = Files.write(inner.resolve(Cifar10.ARCHIVE), archive("../../"));
        assertEquals(50, Cifar10.train(archive).size());
        try (Stream<Path> all = Files.walk(folder)) {
            assertEquals(List.of(archive), all.filter(Files::isRegularFile).toList());
        }
    }

    @Test
    void damageIsToldWithFileAndByte() throws IOException {
        writeFolder();
        Path file = folder.resolve("data_batch_3.bin");
        Files.write(file, Arrays.copyOf(DataFiles.cifar(10, 2), 3073 + 100));
        assertEquals(
                file
                        + " is damaged at byte 3173: the file ends here, within a record of 3073 bytes of which it has 100",
                message(folder));
        byte[] label = DataFiles.cifar(10, 2);
        label[2 * 3073] = 10;
        Files.write(file, label);
        assertEquals(file + " is damaged at byte 6146: label 10 is not from 0 to 9", message(folder));
    }

    @Test
    void damagedArchivesAreNamed() throws IOException {
        byte[] whole = archive("");
        Path archive = Files.write(folder.resolve(Cifar10.ARCHIVE), Arrays.copyOf(whole, whole.length / 2));
        assertTrue(message(archive).startsWith(archive + " is no whole tar.gz archive"), message(archive));
        Files.write(archive, new byte[] {1, 2, 3});
        assertTrue(message(archive).startsWith(archive + " is no whole tar.gz archive"), message(archive));
        Files.write(archive, tar("", List.of("data_batch_1.bin")));
        assertTrue(message(archive).startsWith(archive + " has no file data_batch_"), message(archive));
    }

    private void writeFolder() throws IOException {
        for (int i = 0; i < FILES.size(); i++) {
            Files.write(folder.resolve(FILES.get(i)), DataFiles.cifar(10, i));
        }
    }

    static byte[] archive(String prefix) throws IOException {
        return tar(prefix, FILES);
    }

    private static byte[] tar(String prefix, List<String> names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (String name : names) {
                TarArchiveEntry entry = new TarArchiveEntry(prefix + name);
                entry.setSize(30_730);
                tar.putArchiveEntry(entry);
                tar.write(DataFiles.cifar(10, FILES.indexOf(name)));
                tar.closeArchiveEntry();
            }
        }
        return DataFiles.gzip(bytes.toByteArray());
    }

    private static String message(Path place) {
        return assertThrows(BadDataFile.class, () -> Cifar10.train(place)).getMessage();
    }
}
