package org.scorebook.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.scorebook.base.AtomicFiles;
import org.scorebook.base.Require;

/**
 * A place for one program that nobody trusts, started by one that is trusted: the runner. {@link #alone} is what the runner's command is given to: it
 * takes the network from it, and ends with it all that was started in it. {@link #confined} is what the runner gives the program's command to: it
 * takes the rest. The program so has no way to the runner but the connection that the runner opens to it.
 */
public final class Sandbox implements AutoCloseable {
    /** In a command: the path of the file that the runner leaves for the program. */
    public static final String HANDED = "{connection_file}";

    private static final int FIRST_USER = 61_184; // to 65519: for such use, by systemd's convention
    private static final int USERS = 4_000;
    private static final AtomicInteger NEXT =
            new AtomicInteger((int) (ProcessHandle.current().pid() * 64 % USERS));

    private final Programs programs;
    private final Isolation isolation;
    private final SandboxLimits limits;
    private final List<String> confine;
    private final Path folder;
    private final ControlGroups groups;
    private final int number = NEXT.getAndUpdate(last -> (last + 1) % USERS);

    /**
     * One with a folder of its own.
     *
     * @param confine the command of environment/confine.py
     * @param folder that does not exist yet; it is deleted with the sandbox
     */
    public Sandbox(Programs programs, Isolation isolation, SandboxLimits limits, List<String> confine, Path folder)
            throws IOException {
        this.programs = Require.given("programs", programs);
        this.isolation = Require.given("isolation", isolation);
        this.limits = Require.given("limits", limits);
        this.confine = List.copyOf(confine);
        this.folder = Require.given("folder", folder).toAbsolutePath();
        Files.createDirectories(folder);
        for (String name : List.of("root", "work", "handed")) {
            Files.createDirectory(folder.resolve(name));
        }
        Files.createDirectory(
                own(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        groups = ControlGroups.make("scorebook-" + ProcessHandle.current().pid() + "-" + number, limits);
    }

    /** Where the runner's own files can be: a confined program does not see them. */
    public Path own() {
        return folder.resolve("own");
    }

    /** Where the runner leaves the file for the program, {@value #HANDED}. */
    public Path handed() {
        return folder.resolve("handed");
    }

    /** Where the confined program works, by the name that it sees. */
    public Path work() {
        return isolation.work(folder);
    }

    /** What the runner's command is given to. */
    public List<String> alone() {
        List<String> command = new ArrayList<>();
        switch (isolation) {
            case BUBBLEWRAP -> command.addAll(Isolation.aloneByBubblewrap(program("bwrap")));
            case UNSHARE -> {
                programs.find("setpriv").ifPresent(it -> command.addAll(List.of(it, "--pdeathsig", "KILL")));
                command.addAll(Isolation.aloneByUnshare(program("unshare"), programs.root()));
                command.addAll(confine);
                command.addAll(List.of("--loopback", "--"));
            }
            default -> programs.find("setpriv").ifPresent(it -> command.addAll(List.of(it, "--pdeathsig", "TERM")));
        }
        return command;
    }

    private String program(String name) {
        return programs.find(name).orElseThrow();
    }

    /**
     * What the runner gives the program's command to.
     *
     * @param environment all variables that the program gets
     */
    public List<String> confined(Visible visible, Map<String, String> environment) {
        List<String> command = new ArrayList<>();
        if (isolation == Isolation.UNSHARE) {
            command.addAll(List.of(program("unshare"), "--mount", "--pid", "--ipc", "--fork", "--kill-child", "--"));
        }
        command.addAll(confine);
        addLimits(command);
        environment.forEach((name, value) -> command.addAll(List.of("--env", name + "=" + value)));
        switch (isolation) {
            case BUBBLEWRAP -> addBubblewrap(command, visible);
            case UNSHARE -> addRoot(command, visible);
            default -> command.addAll(List.of("--folder", work().toString(), "--no-privileges"));
        }
        if (isolation != Isolation.BUBBLEWRAP) {
            if (programs.root()) {
                command.addAll(List.of("--user", Integer.toString(user())));
            }
            command.add("--");
        }
        return command;
    }

    private void addLimits(List<String> command) {
        groups.folders().forEach(group -> command.addAll(List.of("--cgroup", group.toString())));
        command.addAll(List.of("--limit", "fsize=" + limits.disk()));
        command.addAll(List.of("--limit", "core=0"));
        if (countsByUser()) {
            command.addAll(List.of("--limit", "nproc=" + limits.processes()));
        }
        if (programs.root()) {
            command.addAll(List.of("--give", HANDED, Integer.toString(user())));
        }
    }

    /** Linux counts the processes of a user, and never root's: so only where the program gets a user of its own. */
    private boolean countsByUser() {
        return programs.root() && isolation != Isolation.BUBBLEWRAP;
    }

    private int user() {
        return FIRST_USER + number;
    }

    private void addBubblewrap(List<String> command, Visible visible) {
        command.addAll(List.of("--", program("bwrap"), "--unshare-pid", "--unshare-ipc", "--unshare-uts"));
        command.addAll(List.of("--die-with-parent", "--new-session"));
        BubblewrapFiles.add(command, visible, limits.disk(), List.of(work(), handed()));
        if (!programs.root()) {
            command.add("--");
            return;
        }
        command.addAll(List.of("--cap-drop", "ALL"));
        programs.find("setpriv").ifPresentOrElse(it -> addUser(command, it), () -> command.add("--"));
    }

    /** The capabilities that becoming another user needs are gone with it. */
    private void addUser(List<String> command, String setpriv) {
        for (String capability : List.of("CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP")) {
            command.addAll(List.of("--cap-add", capability));
        }
        String user = Integer.toString(user());
        command.addAll(List.of("--", setpriv, "--reuid", user, "--regid", user, "--clear-groups"));
        command.addAll(List.of("--no-new-privs", "--bounding-set", "-all", "--inh-caps", "-all", "--"));
    }

    private void addRoot(List<String> command, Visible visible) {
        command.addAll(List.of("--root", folder.resolve("root").toString(), "--disk", Long.toString(limits.disk())));
        visible.places()
                .forEach((place, source) -> command.addAll(List.of("--see", source.toString(), place.toString())));
        command.addAll(List.of("--see", HANDED, HANDED, "--folder", work().toString(), "--no-privileges"));
    }

    /** What the program is kept from, and how. */
    public List<Protection> protections() {
        String by = isolation == Isolation.BUBBLEWRAP ? "by bubblewrap" : "by unshare";
        boolean apart = isolation.hasFilesOfItsOwn();
        boolean other = programs.root()
                && (isolation != Isolation.BUBBLEWRAP
                        || programs.find("setpriv").isPresent());
        return List.of(
                new Protection("network", apart ? "a network namespace of its own, " + by : Protection.NONE),
                new Protection("files", apart ? "sees only what it needs, to be read only, " + by : filesByUser(other)),
                new Protection("processes", apart ? "a process namespace of its own, " + by : Protection.NONE),
                new Protection("user", other ? "another user, " + user() : Protection.NONE),
                new Protection("number of processes", numberOfProcesses()),
                new Protection(
                        "memory",
                        groups.kinds().contains("memory")
                                ? "a control group, and a watch"
                                : "a watch, 5 times a second"),
                new Protection("disk", apart ? "a file system of limited size in memory" : "limited size of each file"),
                new Protection("time", "the runner ends it"));
    }

    private static String filesByUser(boolean other) {
        return other ? "another user: what all users may read can be read" : Protection.NONE;
    }

    private String numberOfProcesses() {
        if (groups.kinds().contains("pids")) {
            return "a control group";
        }
        return countsByUser() ? "a limit of the user" : Protection.NONE;
    }

    @Override
    public void close() throws IOException {
        groups.close();
        AtomicFiles.delete(folder);
    }
}
