package org.scorebook.generation;

import org.scorebook.recipe.SamplingPlan;

/**
 * What images of one tile have in common: they are steps of the same calls of the engine.
 *
 * @param loaded the model
 * @param plan without what each image has for itself or the model does not heed: seed, and guidance where there is none
 * @param classed whether they are of classes
 */
record TileKind(LoadedModel loaded, SamplingPlan plan, boolean classed) {
    /** The kind of an image of a class, or of none. */
    static TileKind of(LoadedModel loaded, SamplingPlan plan, int label) {
        int classes = loaded.model().classes();
        boolean classed = classes > 0 && label < classes;
        boolean guided = classed && !loaded.model().isEnergy();
        return new TileKind(loaded, plan.withSeed(0).withGuidance(guided ? plan.guidanceScale() : 0), classed);
    }
}
