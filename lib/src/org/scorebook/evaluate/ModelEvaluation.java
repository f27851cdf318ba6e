package org.scorebook.evaluate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scorebook.base.Require;
import org.scorebook.data.ImageSet;
import org.scorebook.data.Splits;
import org.scorebook.metric.FeatureExtractor;
import org.scorebook.metric.PrecisionRecall;
import org.scorebook.recipe.ClassLabels;
import org.scorebook.recipe.Drawing;
import org.scorebook.recipe.DrawingKey;
import org.scorebook.recipe.ProgressListener;
import org.scorebook.recipe.SamplingPlan;
import org.scorebook.recipe.Shard;
import org.scorebook.recipe.TrainedModel;

/**
 * Draws from a model and measures how far that is from its data.
 *
 * @param plan how to draw
 * @param number how many images, at least 4, with classes as frequent as in the training split
 * @param batchSize images drawn together
 * @param split {@code test}, {@code validation} or {@code train}: what they are compared with
 * @param referenceNumber at most so many images of the split, at least 4
 */
public record ModelEvaluation(SamplingPlan plan, int number, int batchSize, String split, int referenceNumber) {
    /** The names of the splits. */
    public static final List<String> SPLITS = List.of("test", "validation", "train");

    private static final String FIGURES = "figures";

    public ModelEvaluation {
        Require.given("plan", plan);
        Require.given("split", split);
        Require.atLeast("number", number, PrecisionRecall.NEIGHBOUR + 1);
        Require.atLeast("reference-number", referenceNumber, PrecisionRecall.NEIGHBOUR + 1);
        if (!SPLITS.contains(split)) {
            throw new IllegalArgumentException(
                    "split must be one of " + String.join(", ", SPLITS) + ", but is " + split);
        }
    }

    /**
     * The parts of the work, by the names that the listener of {@link #run} is told, in order, with the time that drawing and
     * features will take; what else there is to compute is little beside them and counts as nothing.
     *
     * @param extractor as fast as the one of {@link #run}
     */
    public List<WorkPart> parts(TrainedModel model, Splits splits, FeatureExtractor extractor, NDManager manager) {
        List<WorkPart> parts = new ArrayList<>(partsOfMerge(model, splits, extractor, manager));
        parts.addAll(2, partsOfShard(model, splits, extractor, manager, Shard.WHOLE));
        return parts;
    }

    /** As {@link #parts}, of {@link #merge}. */
    public List<WorkPart> partsOfMerge(
            TrainedModel model, Splits splits, FeatureExtractor extractor, NDManager manager) {
        String data = model.config().data();
        double image = FeatureSet.seconds(extractor, splits.test(), manager);
        int reference = Math.min(referenceNumber, part(splits, split).size());
        int floor = Math.min(number, part(splits, floorSplit()).size());
        int tests = Math.min(number, splits.test().size());
        return List.of(
                new WorkPart(FeatureSet.work(data + "/" + split), image * reference),
                new WorkPart(FeatureSet.work(data + "/" + floorSplit()), image * floor),
                new WorkPart(Memorisation.WORK, image * (tests + splits.train().size())),
                new WorkPart(FIGURES, 0));
    }

    /** As {@link #parts}, of {@link #drawPart}. */
    public List<WorkPart> partsOfShard(
            TrainedModel model, Splits splits, FeatureExtractor extractor, NDManager manager, Shard shard) {
        Drawing drawing = new Drawing(model, plan, batchSize, shard);
        double features = FeatureSet.seconds(extractor, splits.test(), manager) * drawing.number(number);
        double seconds = drawing.seconds(manager, ClassLabels.like(splits.train(), number, model)) + features;
        return List.of(new WorkPart(Drawing.WORK, seconds));
    }

    private String floorSplit() {
        return split.equals("train") ? "test" : "train";
    }

    /**
     * Draws and measures.
     *
     * @param splits the model's data
     * @param manager on the model's device
     */
    public EvaluationResult run(
            TrainedModel model, Splits splits, FeatureExtractor extractor, NDManager manager, ProgressListener work)
            throws IOException {
        return measure(model, splits, extractor, manager, work, drawn -> new Drawing(model, plan, batchSize)
                .run(manager, labels(model, splits), work, (first, images) -> drawn.add(images)));
    }

    /**
     * Draws a share of the images and keeps their features in a folder, where those of the other shares go too. Nothing is done
     * where they are there.
     *
     * @param parts a folder for this evaluation alone
     * @throws IllegalArgumentException if the share is one of more than there are batches, or what is there is of another evaluation
     */
    public void drawPart(
            TrainedModel model,
            Splits splits,
            FeatureExtractor extractor,
            NDManager manager,
            ProgressListener work,
            Shard shard,
            FeatureParts parts)
            throws IOException {
        shard.requireWork(number, batchSize);
        DrawingKey key = key(model, splits, extractor, manager);
        if (parts.has(shard, key)) {
            return;
        }
        try (NDManager arrays = manager.newSubManager()) {
            Map<Integer, List<NDArray>> features = new LinkedHashMap<>();
            new Drawing(model, plan, batchSize, shard).run(arrays, labels(model, splits), work, (first, images) -> {
                FeatureSet batch = new FeatureSet(extractor, arrays);
                batch.add(images);
                features.put(first, batch.blocks());
            });
            parts.write(shard, key, features);
        }
    }

    /**
     * Measures what all shares have drawn: to the last bit what {@link #run} finds on the same processor, however many there were.
     *
     * @param parts the folder that {@link #drawPart} was given
     * @throws IllegalArgumentException if a share is missing, there twice, or of another evaluation
     */
    public EvaluationResult merge(
            TrainedModel model,
            Splits splits,
            FeatureExtractor extractor,
            NDManager manager,
            ProgressListener work,
            FeatureParts parts)
            throws IOException {
        List<Path> folders = parts.complete(key(model, splits, extractor, manager));
        return measure(model, splits, extractor, manager, work, drawn -> parts.read(folders, manager, drawn));
    }

    private int[] labels(TrainedModel model, Splits splits) {
        return ClassLabels.like(splits.train(), number, model);
    }

    private DrawingKey key(TrainedModel model, Splits splits, FeatureExtractor extractor, NDManager manager) {
        Drawing drawing = new Drawing(model, plan, batchSize);
        return DrawingKey.of(drawing, labels(model, splits), manager.getDevice().getDeviceType())
                .with("features", extractor.name())
                .with("parameters of the features", extractor.fingerprint());
    }

    /** Draws the images, or gets what was drawn of them. */
    @FunctionalInterface
    private interface Supply {
        void fill(FeatureSet drawn) throws IOException;
    }

    private EvaluationResult measure(
            TrainedModel model,
            Splits splits,
            FeatureExtractor extractor,
            NDManager manager,
            ProgressListener work,
            Supply supply)
            throws IOException {
        String data = model.config().data();
        ImageSet others = part(splits, floorSplit());
        try (NDManager arrays = manager.newSubManager()) {
            Evaluation evaluation =
                    new Evaluation(extractor, part(splits, split), data + "/" + split, referenceNumber, arrays, work);
            FeatureSet floor = new FeatureSet(extractor, arrays);
            floor.add(others, Math.min(number, others.size()), data + "/" + floorSplit(), work);
            FeatureSet drawn = new FeatureSet(extractor, arrays);
            supply.fill(drawn);
            Memorisation memorisation = memorisation(drawn, splits, extractor, arrays, work);
            work.at(FIGURES, 0, 2);
            PrecisionRecall precisionRecall = evaluation.precisionRecall(drawn);
            work.at(FIGURES, 1, 2);
            Map<String, Double> figures =
                    model.isEnergy() ? EnergyFigures.of(model, splits.test(), arrays) : losses(model, splits, arrays);
            work.at(FIGURES, 2, 2);
            return new EvaluationResult(
                    data,
                    model.step(),
                    plan,
                    evaluation.fid(drawn),
                    evaluation.fid(floor),
                    floorSplit(),
                    precisionRecall,
                    memorisation,
                    figures);
        }
    }

    /** Of as many test images as are drawn, if there are so many. */
    private Memorisation memorisation(
            FeatureSet drawn, Splits splits, FeatureExtractor extractor, NDManager arrays, ProgressListener work) {
        int some = Math.min(number, splits.test().size());
        NDArray test = FeatureSet.features(extractor, splits.test(), 0, some, arrays);
        return Memorisation.of(drawn.features(arrays), test, splits.train(), extractor, arrays, work);
    }

    private static ImageSet part(Splits splits, String name) {
        return switch (name) {
            case "test" -> splits.test();
            case "validation" -> splits.validation();
            default -> splits.train();
        };
    }

    private static Map<String, Double> losses(TrainedModel model, Splits splits, NDManager arrays) {
        FixedLoss loss = FixedLoss.of(model.recipe());
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("val_loss", loss.of(model.network(), splits.validation(), arrays));
        figures.put("test_loss", loss.of(model.network(), splits.test(), arrays));
        return figures;
    }
}
