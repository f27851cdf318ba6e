package org.scorebook.generation;

import java.util.Arrays;
import org.scorebook.base.Require;
import org.scorebook.folder.ModelSource;
import org.scorebook.recipe.SamplingPlan;

/**
 * What to draw.
 *
 * @param source the model; of a run, its newest checkpoint when the order's turn comes
 * @param plan how; must suit the model, or the order fails
 * @param labels one an image, from 0; the number of the model's classes for no class. A model without classes only counts them.
 */
public record Order(ModelSource source, SamplingPlan plan, int[] labels) {
    public Order {
        Require.given("source", source);
        Require.given("plan", plan);
        labels = Require.given("labels", labels).clone();
        Require.atLeast("the number of labels", labels.length, 1);
        Arrays.stream(labels).forEach(label -> Require.atLeast("a label", label, 0));
    }

    @Override
    public int[] labels() {
        return labels.clone();
    }
}
