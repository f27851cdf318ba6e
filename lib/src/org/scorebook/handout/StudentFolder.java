package org.scorebook.handout;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.scorebook.base.AtomicFiles;
import org.scorebook.base.Require;
import org.scorebook.base.TextFile;

/**
 * A folder that files are handed out to, and in which a student works. A file {@value #RECORD} in it has the fingerprints of what was
 * handed out last, which tell what he has changed.
 */
public final class StudentFolder {
    private static final String RECORD = ".scorebook.json";
    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

    private final Path folder;
    private final JsonObject record;

    /** @param folder is made where it is missing, when something is written */
    public StudentFolder(Path folder) throws IOException {
        this.folder = Require.given("folder", folder);
        this.record = read(folder.resolve(RECORD));
    }

    private static JsonObject read(Path file) throws IOException {
        if (Files.exists(file)) {
            try {
                if (GSON.fromJson(TextFile.read(file, "delete it"), JsonElement.class) instanceof JsonObject record) {
                    return record;
                }
            } catch (JsonParseException e) {
                // as where it is no record: everything that differs counts as changed by the student, and stays
            }
        }
        return new JsonObject();
    }

    /**
     * Writes files that are not there.
     *
     * @param force replaces those that are there with other content, too
     * @return the names of those that were written
     * @throws IllegalArgumentException where others are there and must not be replaced; then none is written
     */
    public List<String> write(List<HandedFile> files, boolean force) throws IOException {
        List<String> others = new ArrayList<>();
        List<HandedFile> wanted = new ArrayList<>();
        for (HandedFile file : files) {
            if (!file.isIn(folder)) {
                wanted.add(file);
                if (Files.exists(folder.resolve(file.name()))) {
                    others.add(file.name());
                }
            }
        }
        if (!others.isEmpty() && !force) {
            throw new IllegalArgumentException(folder + " has other versions of " + String.join(", ", others)
                    + ": --force replaces them, --update replaces only what was not changed there");
        }
        for (HandedFile file : wanted) {
            put(file.name(), file);
        }
        save(files);
        return wanted.stream().map(HandedFile::name).toList();
    }

    /**
     * Brings the folder up to date and loses nothing: what is missing is written, what the student has not changed is replaced, and
     * what he has changed stays, with a new version beside it under another name.
     *
     * @return a sentence for each file that was written
     */
    public List<String> update(List<HandedFile> files) throws IOException {
        List<String> sentences = new ArrayList<>();
        for (HandedFile file : files) {
            Path mine = folder.resolve(file.name());
            if (!Files.exists(mine)) {
                put(file.name(), file);
                sentences.add(file.name() + " is new.");
                continue;
            }
            String now = new HandedFile(file.name(), Files.readAllBytes(mine)).fingerprint();
            String before = handedOutBefore(file.name());
            if (now.equals(file.fingerprint()) || before.equals(file.fingerprint())) {
                continue;
            }
            if (now.equals(before)) {
                put(file.name(), file);
                sentences.add(file.name() + " has a new version, which replaces yours: you had not changed it.");
            } else {
                sentences.add(file.name() + " has a new version: yours stays as you have changed it, the new one is "
                        + putBeside(file) + ".");
            }
        }
        save(files);
        return sentences;
    }

    private String handedOutBefore(String name) {
        return record.get(name) instanceof JsonPrimitive fingerprint ? fingerprint.getAsString() : "";
    }

    private String putBeside(HandedFile file) throws IOException {
        int dot = file.name().lastIndexOf('.');
        for (int i = 1; ; i++) {
            String mark = i == 1 ? "-new" : "-new-" + i;
            String name = file.name().substring(0, dot) + mark + file.name().substring(dot);
            HandedFile beside = new HandedFile(name, file.content());
            if (beside.isIn(folder) || !Files.exists(folder.resolve(name))) {
                put(name, beside);
                return name;
            }
        }
    }

    private void put(String name, HandedFile file) throws IOException {
        Path path = folder.resolve(name);
        Files.createDirectories(path.getParent());
        AtomicFiles.write(path, file.content());
    }

    private void save(List<HandedFile> files) throws IOException {
        files.forEach(file -> record.addProperty(file.name(), file.fingerprint()));
        HandedFile saved = new HandedFile(RECORD, (GSON.toJson(record) + "\n").getBytes(StandardCharsets.UTF_8));
        if (!saved.isIn(folder)) {
            put(RECORD, saved);
        }
    }
}
