package org.scorebook.base;

import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** What went wrong, in a sentence for a user. Java's messages on files are often the bare path. */
public final class Sentence {
    private Sentence() {}

    /** Of an exception; its class's name where there is nothing else to say. */
    public static String of(Throwable e) {
        if (e instanceof UncheckedIOException) {
            return of(e.getCause());
        }
        if (e instanceof FileSystemException file && file.getFile() != null) {
            return of(file);
        }
        if (e instanceof CharacterCodingException) {
            return "a file that should be text in UTF-8 is not";
        }
        return e.getMessage() == null || e.getMessage().isBlank() ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static String of(FileSystemException e) {
        String file = e.getFile();
        if (e instanceof NoSuchFileException) {
            return "there is no " + file;
        }
        if (e instanceof AccessDeniedException) {
            return "there is no permission to read or write " + file;
        }
        if (e instanceof NotDirectoryException) {
            return file + " must be a folder, but is a file";
        }
        if (e instanceof FileAlreadyExistsException) {
            return file + " is there already, and is not what is needed there";
        }
        return file + " cannot be read or written: "
                + (e.getReason() == null ? e.getClass().getSimpleName() : e.getReason());
    }
}
