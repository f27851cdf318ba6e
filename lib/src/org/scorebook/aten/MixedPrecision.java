package org.scorebook.aten;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.util.cuda.CudaUtils;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.scorebook.base.Require;

/**
 * Mixed precision, as PyTorch's autocast defines it: linear layers, convolutions and attention round their arguments to bfloat16,
 * and so their result; all else is computed in float32. The arrays that Java sees are float32 before and after, and so are
 * parameters, gradients, and what an optimizer makes of them. Autograd computes the gradients of the products in bfloat16, too.
 *
 * <p>bfloat16 has the range of float32, so that no loss need be scaled, and 8 significant bits: rounding changes a number by at most
 * its 2^-9. Arguments in float64 stay so.
 *
 * <p>Source: Micikevicius et al., Mixed Precision Training (2018), section 3; Kalamkar et al., A Study of BFLOAT16 for Deep
 * Learning Training (2019), section 3.
 */
public final class MixedPrecision {
    /** Of a convolution, relative to its largest value; rounding stays below 0.01. */
    static final double TOLERANCE = 0.03;

    private static final int FIRST_CAPABILITY = 80; // 8.0, Ampere

    private static final String METHOD = """
            def bfloat16(self, DECLARED) -> Tensor:
              return torch.to((self).METHOD(ROUNDED, ), 6, False, False, None)
            """;

    private static final ThreadSwitch ON = new ThreadSwitch();

    private MixedPrecision() {}

    /** Whether this thread computes in mixed precision now. */
    public static boolean isOn() {
        return ON.isOn();
    }

    /** Runs work in mixed precision on this thread, or all in float32, whatever it is before and after. */
    public static <T> T within(boolean on, Supplier<T> work) {
        return ON.within(on, Require.given("work", work));
    }

    /** Whether a device is faster with bfloat16: CUDA from compute capability 8.0. */
    public static boolean isFast(Device device) {
        return Require.given("device", device).isGpu()
                && Integer.parseInt(CudaUtils.getComputeCapability(device.getDeviceId())) >= FIRST_CAPABILITY;
    }

    /** The first of some convolutions that the CPU computes wrongly in bfloat16, in words. */
    public static Optional<String> fault() {
        return new ConvolutionCheck(
                        (x, weight, bias, stride, padding) ->
                                within(true, () -> Convolution.conv2d(x, weight, bias, stride, padding)),
                        TOLERANCE)
                .fault();
    }

    /** Whether a product of these is taken in bfloat16 now. */
    static boolean concerns(NDArray... inputs) {
        return ON.isOn() && Arrays.stream(inputs).allMatch(array -> array.getDataType() == DataType.FLOAT32);
    }

    /** TorchScript of a method {@code bfloat16}, which is another with its arguments and its result rounded. */
    static String rounding(String method, int arguments) {
        StringBuilder declared = new StringBuilder();
        StringBuilder rounded = new StringBuilder();
        for (int i = 0; i < arguments; i++) {
            String comma = i == 0 ? "" : ", ";
            declared.append(comma).append("a").append(i).append(": Tensor");
            rounded.append(comma).append("torch.to(a").append(i).append(", 15, False, False, None)");
        }
        return METHOD.replace("METHOD", method).replace("DECLARED", declared).replace("ROUNDED", rounded);
    }
}
