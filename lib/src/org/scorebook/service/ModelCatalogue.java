package org.scorebook.service;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scorebook.base.Names;
import org.scorebook.http.Problem;
import org.scorebook.recipe.ShippedModel;
import org.scorebook.run.TrainingJob;

/** The models that requests can name: those of the runs, and those that ship. A name is looked up among these and never opened as a path. */
final class ModelCatalogue {
    private final Path runs;
    private final List<ModelEntry> shipped = new ArrayList<>();

    ModelCatalogue(Path runs) throws IOException {
        this.runs = runs;
        for (ShippedModel model : ShippedModel.all()) {
            shipped.add(ModelEntry.of(model));
        }
    }

    /** All, the newest run first, those that ship last. A run whose files are damaged is none. */
    List<ModelEntry> all() throws IOException {
        List<ModelEntry> all = new ArrayList<>();
        for (TrainingJob job : TrainingJob.list(runs)) {
            entry(job).ifPresent(all::add);
        }
        all.addAll(shipped);
        return all;
    }

    private static Optional<ModelEntry> entry(TrainingJob job) {
        try {
            return ModelEntry.of(job.directory());
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty(); // GET /jobs tells what is wrong with it
        }
    }

    /**
     * The model that a request means.
     *
     * @param id null for the {@link #usual} one
     * @param type null for any
     * @throws Problem for one that is not there, or of another type
     */
    ModelEntry find(String id, String type) throws IOException {
        if (id == null) {
            return usual(type == null ? ModelEntry.DIFFUSION : type);
        }
        List<ModelEntry> all = all();
        ModelEntry found = all.stream()
                .filter(model -> model.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Problem.field(
                        "model",
                        id,
                        "the ID of a model"
                                + Names.hint(
                                        id, all.stream().map(ModelEntry::id).toList())));
        if (type != null && !found.type().equals(type)) {
            throw Problem.field("model", id, "one of type " + type + " here; this one is of type " + found.type());
        }
        return found;
    }

    /** Of a type that of the newest training that has succeeded, or where there is none the first that ships. */
    ModelEntry usual(String type) throws IOException {
        return all().stream()
                .filter(model -> model.finished() && model.type().equals(type))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no network of type " + type + " ships"));
    }

    /** What {@code GET /models} answers. */
    Map<String, Object> answer() throws IOException {
        Map<String, Object> usual = new LinkedHashMap<>();
        for (String type : ModelEntry.TYPES) {
            usual.put(type, usual(type).id());
        }
        return Map.of("models", all().stream().map(ModelEntry::row).toList(), "default", usual);
    }
}
