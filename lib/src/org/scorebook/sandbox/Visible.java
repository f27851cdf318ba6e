package org.scorebook.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.scorebook.base.Require;

/** What a confined program sees of the file system, to be read only: files and folders, and the place at which it sees each. */
public final class Visible {
    private final Map<Path, Path> places = new LinkedHashMap<>(); // sources by place

    /** What programs need of a system: those that are there of usr, bin, lib, sbin, etc, opt. */
    public static Visible system() throws IOException {
        Visible visible = new Visible();
        for (String name : new String[] {"usr", "bin", "sbin", "lib", "lib32", "lib64", "etc", "opt", "nix"}) {
            visible.add(Path.of("/", name));
        }
        return visible;
    }

    /** Lets it be seen where it is. Nothing happens where there is none, or it is seen already. */
    public Visible add(Path source) throws IOException {
        return add(source, source);
    }

    /**
     * Lets it be seen at a place. Of a folder that not every user may read, each file is let be seen that every user may read: the program may run
     * as another user.
     */
    public Visible add(Path source, Path place) throws IOException {
        Path from = Require.given("source", source).toAbsolutePath().normalize();
        Path to = Require.given("place", place).toAbsolutePath().normalize();
        if (!Files.exists(from) || places.keySet().stream().anyMatch(to::startsWith)) {
            return this;
        }
        if (Files.isSymbolicLink(from) || isForAll(from)) {
            places.put(to, from);
        } else if (Files.isDirectory(from)) {
            try (Stream<Path> inside = Files.list(from)) {
                for (Path each : inside.sorted().toList()) {
                    add(each, to.resolve(from.relativize(each)));
                }
            }
        }
        return this;
    }

    private static boolean isForAll(Path path) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
        return permissions.contains(PosixFilePermission.OTHERS_READ)
                && (!Files.isDirectory(path) || permissions.contains(PosixFilePermission.OTHERS_EXECUTE));
    }

    /** Sources by place. */
    Map<Path, Path> places() {
        return places;
    }
}
