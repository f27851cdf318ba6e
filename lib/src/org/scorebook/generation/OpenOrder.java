package org.scorebook.generation;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.scorebook.folder.ModelSource;
import org.scorebook.recipe.PlannedImage;
import org.scorebook.recipe.TrainedModel;

/** An order and what is drawn of it so far. But for its future, only the thread that draws uses it. */
final class OpenOrder {
    private final Order order;
    private final int[] labels;
    private final BufferedImage[] images;
    private final CompletableFuture<Result> future = new CompletableFuture<>();
    private GenerationListener listener;
    private LoadedModel loaded;
    private boolean alone;
    private long evaluations;
    private double seconds;

    OpenOrder(Order order, GenerationListener listener) {
        this.order = order;
        this.listener = listener;
        labels = order.labels();
        images = new BufferedImage[labels.length];
    }

    CompletableFuture<Result> future() {
        return future;
    }

    void cancel() {
        future.cancel(false);
    }

    /** Whether nothing more is to be drawn: finished, failed or cancelled. */
    boolean isOver() {
        return future.isDone();
    }

    ModelSource source() {
        return order.source();
    }

    /** What it is drawn from; null before {@link #bind}. */
    LoadedModel loaded() {
        return loaded;
    }

    /** @throws IllegalArgumentException if plan or labels do not suit the model */
    void bind(LoadedModel found) {
        TrainedModel model = found.model();
        order.plan().requireFit(model.recipe());
        int largest = Arrays.stream(labels).max().orElseThrow();
        if (model.classes() > 0 && largest > model.classes()) {
            throw new IllegalArgumentException("labels must be from 0 to " + (model.classes() - 1) + ", or "
                    + model.classes() + " for no class, but are up to " + largest);
        }
        loaded = found;
    }

    /** That it shares no tiles any more. */
    void separate() {
        alone = true;
    }

    boolean isAlone() {
        return alone;
    }

    /** The numbers of the images that are not drawn yet. */
    IntStream missing() {
        return IntStream.range(0, images.length).filter(i -> images[i] == null);
    }

    TileKind kind(int number) {
        return TileKind.of(loaded, order.plan(), labels[number]);
    }

    PlannedImage planned(int number) {
        return new PlannedImage(order.plan().seed(), number, labels[number]);
    }

    /**
     * Takes images of a tile.
     *
     * @param some by their numbers
     * @param imageEvaluations of the network for an image
     * @param tileSeconds that drawing the tile took
     * @return the result, where it has all images now
     */
    Optional<Result> put(Map<Integer, BufferedImage> some, long imageEvaluations, double tileSeconds) {
        some.forEach((number, image) -> images[number] = image);
        evaluations = Math.max(evaluations, imageEvaluations);
        seconds += tileSeconds;
        return missing().findAny().isPresent()
                ? Optional.empty()
                : Optional.of(new Result(List.of(images), loaded.model().step(), evaluations, seconds));
    }

    boolean isWatched() {
        return listener != GenerationListener.NONE && !isOver();
    }

    /**
     * Tells the listener.
     *
     * @param inWork the images in work as they are after a step, by their numbers
     * @param grey stands for the others
     */
    void show(int step, Map<Integer, BufferedImage> inWork, BufferedImage grey) {
        int finished = images.length - (int) missing().count();
        List<BufferedImage> shown = IntStream.range(0, images.length)
                .mapToObj(i -> images[i] != null ? images[i] : inWork.getOrDefault(i, grey))
                .toList();
        int steps = order.plan().loopSteps(loaded.model().recipe());
        try {
            listener.progress(new GenerationProgress(step, steps, finished, inWork.size(), shown));
        } catch (RuntimeException e) {
            listener = GenerationListener.NONE;
        }
    }
}
