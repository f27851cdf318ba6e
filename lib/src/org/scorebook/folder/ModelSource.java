package org.scorebook.folder;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.scorebook.base.Names;
import org.scorebook.base.Require;
import org.scorebook.recipe.ShippedModel;
import org.scorebook.recipe.TrainedModel;
import org.scorebook.train.Checkpoint;

/** Where a trained model is: in the folder of a run or of a checkpoint, or in the library. */
public sealed interface ModelSource {
    /** What a name begins with that is that of a shipped network, whatever runs and folders are called. */
    String SHIPPED = "shipped:";

    /**
     * Loads it, of a run the newest checkpoint that is whole.
     *
     * @param manager parent of the parameters' manager
     * @param remarks is told of newer ones that are damaged
     */
    TrainedModel load(NDManager manager, Consumer<String> remarks) throws IOException;

    /** The run whose newest checkpoint it is; empty for a single checkpoint and a shipped network. */
    Optional<RunDirectory> run();

    /** In a folder. */
    record Folder(Path path) implements ModelSource {
        @Override
        public TrainedModel load(NDManager manager, Consumer<String> remarks) throws IOException {
            return TrainedModel.load(path, manager, remarks);
        }

        @Override
        public Optional<RunDirectory> run() {
            return RunDirectory.isRun(path) ? Optional.of(RunDirectory.open(path)) : Optional.empty();
        }

        @Override
        public String toString() {
            return run().map(run -> "run " + run.id()).orElseGet(path::toString);
        }

        /** Whether it is one of a run or of a checkpoint, be it empty or damaged. */
        private boolean isMeant() {
            return RunDirectory.isRun(path) || Checkpoint.isAt(path) || Files.isDirectory(Checkpoint.parentIn(path));
        }
    }

    /** In the library, one of {@link ShippedModel#names}. */
    record Shipped(String name) implements ModelSource {
        @Override
        public TrainedModel load(NDManager manager, Consumer<String> remarks) throws IOException {
            return TrainedModel.pretrained(name, manager);
        }

        @Override
        public Optional<RunDirectory> run() {
            return Optional.empty();
        }

        @Override
        public String toString() {
            return "the shipped network " + name;
        }
    }

    /**
     * The model of a path: the folder of a run or checkpoint, or a file in a checkpoint.
     *
     * @throws IllegalArgumentException where there is none
     */
    static ModelSource at(String text) {
        Require.given("text", text);
        Path path = Path.of(text);
        if (Files.isRegularFile(path)) {
            return new Folder(path.toAbsolutePath().getParent());
        }
        if (Files.isDirectory(path)) {
            return new Folder(path);
        }
        throw new IllegalArgumentException(
                "there is no " + text + ": name a run, the folder of a run or of a checkpoint, or a shipped network");
    }

    /**
     * The model that a word means, the first of these that there is: a run in the folder of runs, by its ID, its name or
     * {@code latest}; the folder of a run or checkpoint, or a file in one, of this name here; a shipped network. A word with
     * {@code shipped:} before it is the last of these, one with a separator is a path.
     *
     * @throws IllegalArgumentException for what is none of these, with the name that may have been meant
     */
    static ModelSource find(String text, Path runsFolder) throws IOException {
        Require.given("text", text);
        Require.given("runsFolder", runsFolder);
        if (text.startsWith(SHIPPED)) {
            return new Shipped(ShippedModel.of(text.substring(SHIPPED.length())).name());
        }
        Path path = Path.of(text);
        if (path.getNameCount() > 1 || path.isAbsolute() || text.startsWith(".")) {
            return at(text);
        }
        Optional<RunDirectory> run =
                text.equals("latest") ? Optional.of(Runs.find(text, runsFolder)) : Runs.search(text, runsFolder);
        if (run.isPresent()) {
            return new Folder(run.get().path());
        }
        boolean meant = Files.isRegularFile(path) || new Folder(path).isMeant();
        if (!meant && ShippedModel.names().contains(text)) {
            return new Shipped(text);
        }
        if (Files.exists(path)) {
            return at(text);
        }
        throw unknown(text, runsFolder);
    }

    private static IllegalArgumentException unknown(String text, Path runsFolder) throws IOException {
        List<String> known = new ArrayList<>(Runs.names(runsFolder));
        known.addAll(ShippedModel.names());
        return new IllegalArgumentException("there is no run " + text + " in " + Runs.words(runsFolder)
                + ", nor a shipped network of this name" + Names.hint(text, known));
    }
}
