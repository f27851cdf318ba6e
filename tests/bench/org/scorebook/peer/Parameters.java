package org.scorebook.peer;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.scorebook.bench.SharedWeights;

/** A network's parameters by name, and what the peer's networks share besides. */
final class Parameters {
    private static final int WAVES = 128;
    private static final double DIFFERENCE = 1e-4;

    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final Tensor frequencies;

    Parameters(Map<String, SharedWeights.Values> state) {
        state.forEach((name, values) -> tensors.put(name, tensor(values).set_requires_grad(true)));
        float[] waves = new float[WAVES / 2];
        for (int i = 0; i < waves.length; i++) {
            waves[i] = (float) Math.exp(-Math.log(10_000) * i / waves.length);
        }
        frequencies = tensor(new SharedWeights.Values(new long[] {1, waves.length}, waves));
    }

    /** A copy of its own. */
    static Tensor tensor(SharedWeights.Values values) {
        try (FloatPointer pointer = new FloatPointer(values.values())) {
            return torch.from_blob(pointer, values.shape()).clone();
        }
    }

    /** @throws IllegalStateException if an output is not that of our network */
    static void requireEqual(Tensor output, Tensor ours) {
        double far =
                output.sub(ours).abs().max().item_float() / ours.abs().max().item_float();
        if (!(far < DIFFERENCE)) {
            throw new IllegalStateException("the peer's network is another: its output differs by " + far);
        }
    }

    Tensor get(String name) {
        return tensors.get(name);
    }

    boolean has(String name) {
        return tensors.containsKey(name);
    }

    TensorVector all() {
        return new TensorVector(tensors.values().toArray(new Tensor[0]));
    }

    /** Sines and cosines of times. */
    Tensor waves(Tensor t) {
        Tensor angles = t.reshape(-1, 1).mul(frequencies);
        return torch.cat(new TensorVector(torch.sin(angles), torch.cos(angles)), 1);
    }
}
