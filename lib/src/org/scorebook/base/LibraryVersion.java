package org.scorebook.base;

/** The library's version, from its jar's manifest. */
public final class LibraryVersion {
    private LibraryVersion() {}

    /** Such as 0.1.0, or that the classes are not in a jar. */
    public static String text() {
        String version = LibraryVersion.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }
}
