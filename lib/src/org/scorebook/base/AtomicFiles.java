package org.scorebook.base;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Files and folders that exist whole or not at all, whenever the process or the machine stops. */
public final class AtomicFiles {
    private static final String MARK = ".tmp-";

    private AtomicFiles() {}

    /** Writes the files of a folder. */
    @FunctionalInterface
    public interface FolderWriter {
        /** @param folder exists and is empty; it is renamed afterwards */
        void write(Path folder) throws IOException;
    }

    /** Writes a file under another name, flushes it to the disk and renames it, replacing one that is there. */
    public static void write(Path file, byte[] content) throws IOException {
        Path temporary = temporary(file);
        try {
            Files.write(temporary, content);
            flush(temporary);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw named(file, e);
        } finally {
            Files.deleteIfExists(temporary);
        }
        flushFolder(file.toAbsolutePath().getParent());
    }

    /** Lets a folder be filled under another name, flushes its files and renames it, replacing one that is there. */
    public static void writeFolder(Path folder, FolderWriter writer) throws IOException {
        Path temporary = Files.createDirectories(temporary(folder));
        try {
            writer.write(temporary);
            for (Path file : files(temporary)) {
                flush(file);
            }
            flushFolder(temporary);
            if (Files.exists(folder)) {
                delete(folder);
            }
            Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw named(folder, e);
        } finally {
            delete(temporary);
        }
        flushFolder(folder.toAbsolutePath().getParent());
    }

    /** Deletes a folder with what is in it; nothing happens where it is absent. */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> inside;
        try (Stream<Path> walk = Files.walk(folder)) {
            inside = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : inside) {
            Files.deleteIfExists(path);
        }
    }

    /** Deletes what a killed process left half written in a folder. */
    public static void sweep(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "*" + MARK + "*")) {
                for (Path path : left) {
                    delete(path);
                }
            }
        }
    }

    /** A full disk is told without the file that did not fit; other failures tell theirs. */
    private static IOException named(Path target, IOException e) {
        return e instanceof FileSystemException
                ? e
                : new IOException("cannot write " + target + ": " + e.getMessage(), e);
    }

    private static Path temporary(Path target) {
        return target.resolveSibling("." + target.getFileName() + MARK + UUID.randomUUID());
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile).toList();
        }
    }

    private static void flush(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static void flushFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // not every system opens folders; there the rename is as durable as it can be
        }
    }
}
