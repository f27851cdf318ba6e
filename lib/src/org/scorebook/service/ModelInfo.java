package org.scorebook.service;

import java.util.LinkedHashMap;
import java.util.Map;
import org.scorebook.config.RunConfig;
import org.scorebook.http.Json;
import org.scorebook.recipe.SamplingPlan;

/** What {@code GET /diffusion-model-info} and {@code GET /energy-model-info} tell. */
final class ModelInfo {
    private ModelInfo() {}

    static Map<String, Object> of(ModelEntry model) {
        RunConfig config = model.config();
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("model", model.id());
        info.put("model_type", model.type());
        info.put("parameters", model.parameters());
        info.put("steps_trained", model.step());
        info.put("architecture", architecture(model));
        info.put("sampling", sampling(model));
        info.put("configuration", Json.object(config.toJson()));
        return info;
    }

    private static Map<String, Object> architecture(ModelEntry model) {
        RunConfig config = model.config();
        Map<String, Object> architecture = new LinkedHashMap<>();
        architecture.put("network", config.model().key());
        architecture.put("description", config.model().help());
        architecture.put("image", model.image().getShape());
        architecture.put("base_channels", config.baseChannels());
        architecture.put("multipliers", config.multipliers());
        architecture.put("residual_blocks", config.residualBlocks());
        architecture.put("attention_resolutions", config.attentionResolutions());
        architecture.put("classes", model.classes() > 0 ? model.classNames() : null);
        return architecture;
    }

    private static Map<String, Object> sampling(ModelEntry model) {
        SamplingPlan plan = SamplingPlan.of(model.config());
        Map<String, Object> sampling = new LinkedHashMap<>();
        sampling.put("sampler", plan.sampler().key());
        sampling.put("steps", plan.steps());
        if (model.type().equals(ModelEntry.ENERGY)) {
            sampling.put("step_size", model.config().chainStepSize());
            sampling.put("noise", model.config().chainNoise());
        } else {
            sampling.put("timesteps", model.config().timesteps());
            sampling.put("schedule", model.config().schedule().key());
            sampling.put("guidance_scale", plan.guidanceScale());
        }
        return sampling;
    }
}
