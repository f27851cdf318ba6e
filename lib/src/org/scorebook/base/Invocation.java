package org.scorebook.base;

import java.util.Map;

/** How a user calls Scorebook's commands from where he is, for sentences that name one to paste. */
public final class Invocation {
    /** The environment variable in which the start script says how it was called, quoted for a shell. */
    public static final String VARIABLE = "SCOREBOOK_COMMAND";

    /** The environment variable in which the start script says where it is, quoted for a shell. */
    public static final String PLACE = "SCOREBOOK_SCRIPT";

    private static final String FROM_THE_PROJECT = "environment/scorebook";

    private Invocation() {}

    /** The start script as it was called, or as it is called in the project's folder. */
    public static String name() {
        return name(System.getenv());
    }

    /** As {@link #name()}, given other environment variables. */
    public static String name(Map<String, String> environment) {
        String called = environment.getOrDefault(VARIABLE, "");
        return called.isBlank() ? FROM_THE_PROJECT : called;
    }

    /** The start script by its whole path, for sentences that are kept and read elsewhere; as it was called where no path is known. */
    public static String fromAnywhere(Map<String, String> environment) {
        String place = environment.getOrDefault(PLACE, "");
        return place.isBlank() ? name(environment) : place;
    }

    /** A whole command, such as {@code environment/scorebook jobs list}. */
    public static String of(String arguments) {
        return name() + " " + arguments;
    }
}
