package org.scorebook.service;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.scorebook.config.SamplerKind;
import org.scorebook.generation.Order;
import org.scorebook.http.Json;
import org.scorebook.http.Problem;
import org.scorebook.http.RequestBody;
import org.scorebook.recipe.ClassLabels;
import org.scorebook.recipe.SamplingPlan;

/**
 * What a request for a picture asks for, checked against its model.
 *
 * @param classes as they were asked for, with commas between; null for all
 */
record GenerationRequest(ModelEntry model, SamplingPlan plan, int[] labels, String classes) {
    /**
     * @param type of the model; null for what the body says, or any
     * @throws Problem for a field that does not suit the model
     */
    static GenerationRequest of(RequestBody body, String type, ModelCatalogue models) throws IOException {
        String wanted =
                type == null && body.has(GenerationFields.MODEL_TYPE) ? body.text(GenerationFields.MODEL_TYPE) : type;
        ModelEntry model =
                models.find(body.has(GenerationFields.MODEL) ? body.text(GenerationFields.MODEL) : null, wanted);
        String classes = body.names(GenerationFields.CLASSES);
        SamplingPlan plan = plan(body, model);
        int[] labels = checked(
                GenerationFields.CLASSES,
                classes,
                () -> ClassLabels.parse(
                        classes, body.integer(GenerationFields.NUMBER), model.classes(), model.classNames()));
        boolean asked = classes != null && !classes.equalsIgnoreCase(ClassLabels.NONE);
        if (asked && model.isGuidable() && plan.guidanceScale() == 0) {
            throw Problem.field(GenerationFields.GUIDANCE, 0, "above 0 where classes are named, for 0 ignores them");
        }
        return new GenerationRequest(model, plan, labels, classes);
    }

    private static SamplingPlan plan(RequestBody body, ModelEntry model) {
        SamplingPlan plan = SamplingPlan.of(model.config()).withSeed(seed(body));
        if (body.has(GenerationFields.SAMPLER)) {
            String name = body.text(GenerationFields.SAMPLER);
            SamplerKind sampler = SamplerKind.of(name);
            SamplingPlan before = plan;
            plan = checked(GenerationFields.SAMPLER, name, () -> {
                sampler.requireFit(model.kind());
                return before.withSampler(sampler, model.config());
            });
        }
        return guided(body, model, stepped(body, model, plan));
    }

    private static SamplingPlan stepped(RequestBody body, ModelEntry model, SamplingPlan plan) {
        boolean energy = model.type().equals(ModelEntry.ENERGY);
        String right = energy ? GenerationFields.CHAIN_STEPS : GenerationFields.STEPS;
        String other = energy ? GenerationFields.STEPS : GenerationFields.CHAIN_STEPS;
        if (body.has(other)) {
            throw Problem.field(
                    other,
                    body.integer(other),
                    "left out for a model of type " + model.type() + ", which takes " + right);
        }
        if (!body.has(right)) {
            return plan.withSteps(Math.min(plan.steps(), model.mostSteps()));
        }
        int steps = body.integer(right);
        if (steps > model.mostSteps()) {
            throw Problem.field(
                    right, steps, "at most " + model.mostSteps() + ", the time steps that the model was trained on");
        }
        return plan.withSteps(steps);
    }

    private static SamplingPlan guided(RequestBody body, ModelEntry model, SamplingPlan plan) {
        if (!body.has(GenerationFields.GUIDANCE)) {
            return plan;
        }
        double scale = body.number(GenerationFields.GUIDANCE);
        if (scale != 0 && !model.isGuidable()) {
            throw Problem.field(
                    GenerationFields.GUIDANCE,
                    scale,
                    "left out or 0 for a model that was trained without classes, or as an energy");
        }
        return checked(GenerationFields.GUIDANCE, scale, () -> {
            model.config().requireGuidance(scale);
            return plan.withGuidance(scale);
        });
    }

    private static long seed(RequestBody body) {
        return body.has(GenerationFields.SEED)
                ? body.whole(GenerationFields.SEED)
                : ThreadLocalRandom.current().nextLong(1_000_000_000);
    }

    /** What the library refuses is a problem of this field. */
    private static <T> T checked(String field, Object value, Supplier<T> check) {
        try {
            return check.get();
        } catch (IllegalArgumentException e) {
            String sentence = e.getMessage();
            int must = sentence.indexOf(" must be ");
            throw Problem.field(
                    field, value, must < 0 ? "another: " + sentence : sentence.substring(must + " must be ".length()));
        }
    }

    Order order() {
        return new Order(model.source(), plan, labels);
    }

    /** How many images stand in a row of the picture. */
    int columns() {
        return (int) Math.ceil(Math.sqrt(labels.length));
    }

    /** All that the picture follows from. */
    JsonObject settings(long modelStep) {
        JsonObject settings = new JsonObject();
        settings.addProperty(GenerationFields.MODEL, model.id());
        settings.addProperty(GenerationFields.MODEL_TYPE, model.type());
        settings.addProperty("model_step", modelStep);
        settings.addProperty(GenerationFields.NUMBER, labels.length);
        settings.addProperty(GenerationFields.SEED, plan.seed());
        settings.addProperty(GenerationFields.SAMPLER, plan.sampler().key());
        settings.addProperty(GenerationFields.STEPS, plan.steps());
        settings.addProperty(GenerationFields.GUIDANCE, plan.guidanceScale());
        settings.add(GenerationFields.CLASSES, classes == null ? null : Json.tree(List.of(classes.split(","))));
        return settings;
    }
}
