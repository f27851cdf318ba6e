package org.scorebook.sandbox;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.scorebook.base.Require;

/** What keeps a program apart from the rest of the system, from the best that there can be. */
public enum Isolation {
    /** Bubblewrap makes namespaces. */
    BUBBLEWRAP,
    /** The unshare of util-linux makes them. */
    UNSHARE,
    /** Another user's rights: files that others must not read stay unread. */
    USER,
    /** Nothing. */
    NONE;

    /** The best that works on this system: it is tried. */
    public static Isolation find(Programs programs) {
        Require.given("programs", programs);
        if (programs.find("bwrap").filter(Isolation::bubblewrapWorks).isPresent()) {
            return BUBBLEWRAP;
        }
        if (programs.find("unshare")
                .filter(unshare -> unshareWorks(unshare, programs.root()))
                .isPresent()) {
            return UNSHARE;
        }
        return programs.root() ? USER : NONE;
    }

    /** As the runner and the kernel in it need it: one in the other. */
    private static boolean bubblewrapWorks(String bwrap) {
        List<String> command = new ArrayList<>(aloneByBubblewrap(bwrap));
        command.addAll(List.of(bwrap, "--ro-bind", "/", "/", "--unshare-pid", "--proc", "/proc", "--dev", "/dev"));
        command.addAll(List.of("--size", "4096", "--tmpfs", "/tmp", "--chmod", "1777", "/tmp", bwrap, "--version"));
        return Programs.succeeds(command);
    }

    private static boolean unshareWorks(String unshare, boolean root) {
        List<String> command = new ArrayList<>(aloneByUnshare(unshare, root));
        command.addAll(
                List.of(unshare, "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", unshare, "--version"));
        return Programs.succeeds(command);
    }

    /** Without a network but to itself, and ended with what it has started when its first process ends. */
    static List<String> aloneByBubblewrap(String bwrap) {
        return List.of(
                bwrap,
                "--dev-bind",
                "/",
                "/",
                "--unshare-net",
                "--unshare-pid",
                "--unshare-ipc",
                "--proc",
                "/proc",
                "--die-with-parent",
                "--");
    }

    /** The same; the network to itself has still to be brought up. */
    static List<String> aloneByUnshare(String unshare, boolean root) {
        List<String> command = new ArrayList<>(List.of(unshare));
        if (!root) {
            command.addAll(List.of("--user", "--map-root-user"));
        }
        command.addAll(List.of("--net", "--pid", "--ipc", "--fork", "--kill-child", "--mount-proc", "--"));
        return command;
    }

    /** Whether a program in it sees only files that it is to see. */
    boolean hasFilesOfItsOwn() {
        return this == BUBBLEWRAP || this == UNSHARE;
    }

    /** Where a confined program works: a place that only it sees, or a folder made for it. */
    Path work(Path folder) {
        return hasFilesOfItsOwn() ? Path.of("/tmp/work") : folder.resolve("work");
    }
}
