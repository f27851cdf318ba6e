package org.scorebook.aten;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.scorebook.process.Require;

/**
 * Adam with decoupled weight decay, for all parameters in one native call:
 *
 * <pre>m = beta1 m + (1 - beta1) g,   v = beta2 v + (1 - beta2) g^2
 * p = p - lr (weightDecay p + m / (1 - beta1^k) / (sqrt(v / (1 - beta2^k)) + 1e-8))   in step k</pre>
 *
 * with beta1 = 0.9, beta2 = 0.999 and, before that, the gradient scaled down where its norm over all parameters is above a
 * limit. The gradients are zero after a step. Without weight decay it is Adam.
 *
 * <p>Source: Kingma and Ba, Adam (2015), algorithm 1; Loshchilov and Hutter, Decoupled Weight Decay Regularization (2019),
 * algorithm 2; Pascanu, Mikolov, Bengio, On the Difficulty of Training Recurrent Neural Networks (2013), algorithm 1.
 */
public final class AdamW {
    private static final String METHODS = """
            def step(self, p: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor], k: List[Tensor], settings: Tensor) -> Tensor:
              rate = float(torch.select(settings, 0, 0))
              decay = float(torch.select(settings, 0, 1))
              limit = torch.select(settings, 0, 2)
              norm = torch.linalg_vector_norm(torch.stack(torch._foreach_norm(g, 2)), 2)
              if bool(torch.gt(norm, limit)):
                torch._foreach_mul_(g, torch.div(limit, norm))
              else:
                pass
              torch._foreach_add_(k, 1)
              torch._fused_adamw_(p, g, m, v, [], k, lr=rate, beta1=0.9, beta2=0.999, weight_decay=decay, eps=1e-08, amsgrad=False, maximize=False)
              torch._foreach_zero_(g)
              return norm
            def clear(self, g: List[Tensor]) -> Tensor:
              torch._foreach_zero_(g)
              return torch.__getitem__(g, 0)
            """;

    private final NDManager manager;
    private final List<NDArray> parameters;
    private final NDList values = new NDList();
    private final double weightDecay;
    private final double clipNorm;
    private final NDList moments = new NDList();

    private static final class Holder {
        static final AtenModule MODULE = AtenModule.load("AdamW", METHODS);
    }

    /**
     * @param manager that the moments belong to
     * @param parameters tracked arrays
     * @param weightDecay 0 or more
     * @param clipNorm the largest norm of all gradients together, positive; infinite for no limit
     */
    public AdamW(NDManager manager, List<NDArray> parameters, double weightDecay, double clipNorm) {
        if (parameters.isEmpty()) {
            throw new IllegalArgumentException("parameters must have at least one array, but is empty");
        }
        Require.notNegative("weightDecay", weightDecay);
        if (!(clipNorm > 0)) {
            throw new IllegalArgumentException("clipNorm must be positive, but is " + clipNorm);
        }
        this.manager = manager;
        this.parameters = List.copyOf(parameters);
        this.weightDecay = weightDecay;
        this.clipNorm = clipNorm;
        parameters.forEach(p -> values.add(named("p[]", untracked(p))));
        parameters.forEach(p -> moments.add(named("m[]", manager.zeros(p.getShape(), p.getDataType()))));
        parameters.forEach(p -> moments.add(named("v[]", manager.zeros(p.getShape(), p.getDataType()))));
        parameters.forEach(p -> moments.add(named("k[]", manager.zeros(new Shape(), DataType.FLOAT32))));
    }

    /** The same memory under another name: autograd refuses changes in place to a tracked leaf. */
    private NDArray untracked(NDArray parameter) {
        NDArray alias = parameter.stopGradient();
        alias.attach(manager);
        return alias;
    }

    private static NDArray named(String name, NDArray array) {
        array.setName(name);
        return array;
    }

    /**
     * Moves the parameters against their gradients and clears these. Not inside a gradient collector.
     *
     * @param learningRate lr, 0 or more
     * @return the norm of all gradients together, before clipping
     */
    public double step(double learningRate) {
        Require.notNegative("learningRate", learningRate);
        try (NDManager arrays = manager.newSubManager()) {
            NDList inputs = new NDList(values);
            inputs.addAll(gradients(arrays));
            inputs.addAll(moments);
            inputs.add(arrays.create(new double[] {learningRate, weightDecay, clipNorm}));
            NDArray norm = Holder.MODULE.call("step", inputs);
            norm.attach(arrays);
            return norm.toType(DataType.FLOAT64, false).getDouble();
        }
    }

    /** Sets the gradients to zero without a step, for instance because they are not finite. */
    public void clearGradients() {
        try (NDManager arrays = manager.newSubManager()) {
            Holder.MODULE.call("clear", gradients(arrays)).attach(arrays);
        }
    }

    private NDList gradients(NDManager arrays) {
        NDList gradients = new NDList();
        for (NDArray p : parameters) {
            NDArray gradient = p.getGradient();
            gradient.attach(arrays);
            gradients.add(named("g[]", gradient));
        }
        return gradients;
    }
}
