package org.scorebook.base;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Files and folders that exist whole or not at all, whenever the process or the machine stops. What is not whole yet, and what is
 * about to be replaced or deleted, has another name that begins with a dot; {@link #sweep} clears up after a kill.
 */
public final class AtomicFiles {
    /** In the name of what may not be whole. */
    private static final String PART = ".tmp-";

    /** In the name of what is whole and has made room for its successor. */
    private static final String OLD = ".old-";

    private static final Pattern PART_NAME = Pattern.compile("\\..+\\.tmp-[^.]+");
    private static final Pattern OLD_NAME = Pattern.compile("\\.(.+)\\.old-[^.]+");

    private AtomicFiles() {}

    /** Writes the content of a file, or the files of a folder. */
    @FunctionalInterface
    public interface Writer {
        /** @param place a file that is not there yet, or a folder that is there and empty; it is renamed afterwards */
        void write(Path place) throws IOException;
    }

    /** Writes a file under another name, flushes it to the disk and renames it, replacing one that is there. */
    public static void write(Path file, byte[] content) throws IOException {
        write(file, place -> Files.write(place, content));
    }

    /** As {@link #write(Path, byte[])}, for content that is not in memory as a whole. */
    public static void write(Path file, Writer writer) throws IOException {
        Path temporary = marked(file, PART);
        try {
            writer.write(temporary);
            flush(temporary);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw named(file, e);
        } finally {
            Files.deleteIfExists(temporary);
        }
        flushFolder(file.toAbsolutePath().getParent());
    }

    /**
     * Lets a folder be filled under another name, flushes its files and renames it. One that is there makes room by a rename and is
     * deleted when the new one has its name; after a kill in between {@link #sweep} gives it its name back.
     */
    public static void writeFolder(Path folder, Writer writer) throws IOException {
        Path temporary = Files.createDirectories(marked(folder, PART));
        try {
            writer.write(temporary);
            for (Path file : files(temporary)) {
                flush(file);
            }
            flushFolder(temporary);
            replace(folder, temporary);
        } catch (IOException e) {
            throw named(folder, e);
        } finally {
            deleteAll(temporary);
        }
    }

    private static void replace(Path folder, Path whole) throws IOException {
        Path parent = folder.toAbsolutePath().getParent();
        if (!Files.exists(folder)) {
            Files.move(whole, folder, StandardCopyOption.ATOMIC_MOVE);
            flushFolder(parent);
            return;
        }
        Path old = marked(folder, OLD);
        Files.move(folder, old, StandardCopyOption.ATOMIC_MOVE);
        try {
            Files.move(whole, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.move(old, folder, StandardCopyOption.ATOMIC_MOVE);
            throw e;
        }
        flushFolder(parent);
        discard(old, folder);
    }

    /** Deletes a folder with what is in it, in one moment for those who look for its name; nothing happens where it is absent. */
    public static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            discard(folder, folder);
        }
    }

    /** What is deleted file by file must not look whole on the way. */
    private static void discard(Path path, Path namesake) throws IOException {
        Path gone = marked(namesake, PART);
        Files.move(path, gone, StandardCopyOption.ATOMIC_MOVE);
        deleteAll(gone);
    }

    /**
     * Clears up in a folder after a process that was killed: what had made room and was not replaced gets its name back, what is
     * half written or half deleted goes. To be called while no process writes there.
     */
    public static void sweep(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        for (Path path : children(folder)) {
            String name = path.getFileName().toString();
            Matcher old = OLD_NAME.matcher(name);
            if (PART_NAME.matcher(name).matches()) {
                deleteAll(path);
            } else if (old.matches()) {
                restore(path, folder.resolve(old.group(1)));
            }
        }
    }

    private static void restore(Path old, Path target) throws IOException {
        if (Files.exists(target)) {
            discard(old, target);
        } else {
            Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.toList();
        }
    }

    private static void deleteAll(Path top) throws IOException {
        if (!Files.exists(top)) {
            return;
        }
        List<Path> inside;
        try (Stream<Path> walk = Files.walk(top)) {
            inside = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : inside) {
            Files.deleteIfExists(path);
        }
    }

    /** A full disk is told without the file that did not fit; other failures tell theirs. */
    private static IOException named(Path target, IOException e) {
        return e instanceof FileSystemException
                ? e
                : new IOException("cannot write " + target + ": " + e.getMessage(), e);
    }

    private static Path marked(Path target, String mark) {
        return target.resolveSibling("." + target.getFileName() + mark + UUID.randomUUID());
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
