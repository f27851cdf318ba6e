package org.scorebook.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
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

    /** Lets it be seen at a place. */
    public Visible add(Path source, Path place) throws IOException {
        Path from = Require.given("source", source).toAbsolutePath().normalize();
        Path to = Require.given("place", place).toAbsolutePath().normalize();
        if (Files.exists(from) && places.keySet().stream().noneMatch(to::startsWith)) {
            places.put(to, from);
        }
        return this;
    }

    /** Lets each file of a folder be seen, in folders that every user may read though the originals may be closed. */
    public Visible addFiles(Path folder, Path place) throws IOException {
        if (Files.isDirectory(Require.given("folder", folder))) {
            try (Stream<Path> inside = Files.walk(folder)) {
                for (Path file : inside.filter(Files::isRegularFile).sorted().toList()) {
                    add(file, place.resolve(folder.relativize(file).toString()));
                }
            }
        }
        return this;
    }

    /** Sources by place. */
    Map<Path, Path> places() {
        return places;
    }
}
