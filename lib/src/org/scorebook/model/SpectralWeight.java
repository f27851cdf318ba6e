package org.scorebook.model;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import java.util.Arrays;
import org.scorebook.aten.Recorded;
import org.scorebook.aten.SpectralNorm;

/**
 * A weight that is divided by its largest singular value wherever it is used, see {@link SpectralNorm}. As with PyTorch's
 * {@code spectral_norm} its parts are {@code weight_orig}, which is trained, and {@code weight_u} and {@code weight_v}, which
 * only {@link #iteratePower} changes.
 */
final class SpectralWeight implements Weight {
    private static final Initializer UNIT = (manager, shape, type) -> {
        NDArray vector = manager.randomNormal(0, 1, shape, type);
        return vector.div(vector.norm());
    };

    private final Parameter weight;
    private final Parameter u;
    private final Parameter v;

    SpectralWeight(Layer layer, Initializer start, long... shape) {
        weight = layer.parameter("weight_orig", start, shape);
        u = layer.buffer("weight_u", UNIT, shape[0]);
        v = layer.buffer("weight_v", UNIT, Arrays.stream(shape).skip(1).reduce(1, (a, b) -> a * b));
    }

    @Override
    public NDArray value(Layer.Pass pass, NDArray x) {
        NDArray normalized = SpectralNorm.normalized(pass.value(weight, x), pass.value(u, x), pass.value(v, x));
        return Recorded.beside(normalized, x); // not of the network's manager, which would keep it
    }

    @Override
    public void iteratePower(int times) {
        SpectralNorm.iterate(weight.getArray(), u.getArray(), v.getArray(), times);
    }
}
