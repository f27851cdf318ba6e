package org.scorebook.base;

import java.nio.file.Path;
import java.util.Map;

/** Where Scorebook keeps what it can get or find out again. */
public final class Caches {
    private Caches() {}

    /** This user's: {@code $XDG_CACHE_HOME/scorebook}, or {@code ~/.cache/scorebook}. It need not exist. */
    public static Path folder() {
        return folder(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    /**
     * As {@link #folder()}, of another user.
     *
     * @param environment variables, of which XDG_CACHE_HOME counts
     * @param home of the user
     */
    public static Path folder(Map<String, String> environment, Path home) {
        String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
        return (xdg.isBlank() ? home.resolve(".cache") : Path.of(xdg)).resolve("scorebook");
    }
}
