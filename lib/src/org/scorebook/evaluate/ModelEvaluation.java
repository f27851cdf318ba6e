package org.scorebook.evaluate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
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
import org.scorebook.recipe.ProgressListener;
import org.scorebook.recipe.SamplingPlan;
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
        String data = model.config().data();
        double image = FeatureSet.seconds(extractor, splits.test(), manager);
        int[] labels = ClassLabels.like(splits.train(), number, model);
        double drawing = new Drawing(model, plan, batchSize).seconds(manager, labels) + image * number;
        int reference = Math.min(referenceNumber, part(splits, split).size());
        int floor = Math.min(number, part(splits, floorSplit()).size());
        int tests = Math.min(number, splits.test().size());
        return List.of(
                new WorkPart(FeatureSet.work(data + "/" + split), image * reference),
                new WorkPart(FeatureSet.work(data + "/" + floorSplit()), image * floor),
                new WorkPart(Drawing.WORK, drawing),
                new WorkPart(Memorisation.WORK, image * (tests + splits.train().size())),
                new WorkPart(FIGURES, 0));
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
        String data = model.config().data();
        ImageSet others = part(splits, floorSplit());
        try (NDManager arrays = manager.newSubManager()) {
            Evaluation evaluation =
                    new Evaluation(extractor, part(splits, split), data + "/" + split, referenceNumber, arrays, work);
            FeatureSet floor = new FeatureSet(extractor, arrays);
            floor.add(others, Math.min(number, others.size()), data + "/" + floorSplit(), work);
            FeatureSet drawn = new FeatureSet(extractor, arrays);
            int[] labels = ClassLabels.like(splits.train(), number, model);
            new Drawing(model, plan, batchSize).run(arrays, labels, work, drawn::add);
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
