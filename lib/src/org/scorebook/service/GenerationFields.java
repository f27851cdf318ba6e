package org.scorebook.service;

import java.util.Arrays;
import java.util.List;
import org.scorebook.config.SamplerKind;
import org.scorebook.http.RequestField;

/** The fields of requests for pictures, and their limits. */
final class GenerationFields {
    static final int MOST_SAMPLES = 64;
    static final int MOST_STEPS = 1000;
    static final double LARGEST_GUIDANCE = 100;

    /** Larger ones would lose digits in a client that reads all numbers as JavaScript does. */
    static final long LARGEST_SEED = (1L << 53) - 1;

    static final String MODEL = "model";
    static final String MODEL_TYPE = "model_type";
    static final String NUMBER = "num_samples";
    static final String SEED = "seed";
    static final String SAMPLER = "sampler";
    static final String STEPS = "steps";
    static final String CHAIN_STEPS = "langevin_steps";
    static final String GUIDANCE = "guidance_scale";
    static final String CLASSES = "classes";

    private static final RequestField TYPE_FIELD = RequestField.choice(
            MODEL_TYPE, "diffusion, for all models that remove noise, or energy", ModelEntry.TYPES, null);
    private static final RequestField MODEL_FIELD = RequestField.text(
            MODEL,
            "ID of a model, as GET /models lists them; default: that of the newest training of the type that has succeeded, else the network that ships");
    private static final RequestField NUMBER_FIELD =
            RequestField.integer(NUMBER, "how many images", 1, MOST_SAMPLES, 16);
    private static final RequestField SEED_FIELD = RequestField.integer(
            SEED,
            "of all noise: the same seed gives the same picture; default: a random one, which is answered",
            0,
            LARGEST_SEED,
            null);
    private static final RequestField SAMPLER_FIELD = RequestField.choice(
            SAMPLER,
            "method; default: the model's",
            Arrays.stream(SamplerKind.values()).map(SamplerKind::key).toList(),
            null);
    private static final RequestField STEPS_FIELD = RequestField.integer(
            STEPS,
            "of the sampler; of langevin at each level; default: those that suit the sampler",
            1,
            MOST_STEPS,
            null);
    private static final RequestField CHAIN_FIELD =
            RequestField.integer(CHAIN_STEPS, "of the chains of an energy; default: the model's", 1, MOST_STEPS, null);
    private static final RequestField GUIDANCE_FIELD = RequestField.number(
            GUIDANCE,
            "w in eps = eps_u + w (eps_c - eps_u): 0 ignores the class, 1 is the plain prediction for it; default: the model's",
            0,
            LARGEST_GUIDANCE,
            null);
    private static final RequestField CLASSES_FIELD = RequestField.names(
            CLASSES, "names or numbers from 0 of classes to draw, taken in turn; none for no class; default: all");

    /** Of requests that say the type of the model themselves. */
    static final List<RequestField> ANY = List.of(
            TYPE_FIELD,
            MODEL_FIELD,
            NUMBER_FIELD,
            SEED_FIELD,
            SAMPLER_FIELD,
            STEPS_FIELD,
            CHAIN_FIELD,
            GUIDANCE_FIELD,
            CLASSES_FIELD);

    static final List<RequestField> OF_DIFFUSION =
            List.of(MODEL_FIELD, NUMBER_FIELD, SEED_FIELD, SAMPLER_FIELD, STEPS_FIELD, GUIDANCE_FIELD, CLASSES_FIELD);

    static final List<RequestField> OF_ENERGY =
            List.of(MODEL_FIELD, NUMBER_FIELD, SEED_FIELD, CHAIN_FIELD, CLASSES_FIELD);

    private GenerationFields() {}
}
