package org.scorebook.aten;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import org.scorebook.base.Require;

/**
 * Dropout: each number becomes 0 with probability p, and is divided by 1 - p else, so that its mean stays.
 *
 * <p>On a CPU, PyTorch's own draws 64 random bits for each number, one after another. Here they are enough for four numbers, which
 * takes a third of the time; so p is a multiple of 2^-16.
 *
 * <p>Source: Srivastava et al., Dropout: A Simple Way to Prevent Neural Networks from Overfitting (2014), sections 4 and 10.
 */
public final class Dropout {
    private static final int LEVELS = 1 << 16;
    private static final String METHODS = """
            def plain(self, x: Tensor) -> Tensor:
              return torch.dropout(x, RATE, True)
            def quartered(self, x: Tensor) -> Tensor:
              n = torch.numel(x)
              quarter = torch.floordiv(torch.add(n, 3), 4)
              bits = torch.random_(torch.new_empty(x, [quarter], dtype=4), -9223372036854775808, None)
              drawn = torch.empty_like(x, dtype=2)
              places = torch.as_strided(drawn, [n], [1], 0)
              for i in range(4):
                some = torch.slice(places, 0, torch.mul(i, quarter), torch.mul(torch.add(i, 1), quarter), 1)
                _0 = torch.copy_(some, torch.slice(torch.__rshift__(bits, torch.mul(16, i)), 0, 0, torch.size(some, 0), 1))
              return torch.mul(x, torch.mul(torch.ge_(drawn, FIRST), SCALE))
            """;

    private Dropout() {}

    /**
     * Drops numbers of an array, each apart from the others.
     *
     * @param rate p, from 0 to below 1
     */
    public static NDArray of(NDArray x, double rate) {
        ArrayChecks.floating("x", x);
        Require.below("rate", rate, 1);
        int dropped = Math.min((int) Math.round(rate * LEVELS), LEVELS - 1);
        String methods = METHODS.replace("RATE", Double.toString(rate))
                .replace("FIRST", Integer.toString(dropped - LEVELS / 2))
                .replace("SCALE", Double.toString((double) LEVELS / (LEVELS - dropped)));
        boolean isQuartered = !x.getDevice().isGpu() && x.getDataType() == DataType.FLOAT32;
        String name = "Dropout" + Double.toHexString(rate).replaceAll("\\W", "_");
        String method = isQuartered ? "quartered" : "plain";
        return x instanceof Recorded recorded
                ? recorded.record(
                        name, methods, method, new NDList(x), in -> in.get(0).duplicate()) // which draws nothing
                : AtenModule.of(name, methods).call(method, x);
    }
}
