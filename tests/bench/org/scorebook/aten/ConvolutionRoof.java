package org.scorebook.aten;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.scorebook.bench.WorkServer;

/**
 * The convolutions of seed 001's network alone, each forward and with the gradients that a training step needs, in the faster
 * of two memory formats: what a step would take if nothing else had to be done. Arguments: the batch size and a precision; in bf16
 * their arguments are rounded first, as a step's are.
 */
public final class ConvolutionRoof {
    /** The gradients are returned, lest the interpreter leave out what nobody looks at. */
    private static final String METHODS = """
            def direct(self, x: Tensor, w: Tensor, b: Tensor, g: Tensor) -> Tensor:
              y = torch.conv2d(x, w, b, [STRIDE, STRIDE], [PADDING, PADDING], [1, 1], 1)
              d = torch.autograd.grad([y], GRADIENTS, annotate(Optional[List[Optional[Tensor]]], [g]), False, False, False)
              return unchecked_cast(Tensor, d[0])
            def transposed(self, x: Tensor, w: Tensor, b: Tensor, g: Tensor) -> Tensor:
              y = torch.conv_transpose2d(x, w, b, [2, 2], [1, 1], [0, 0], 1, [1, 1])
              d = torch.autograd.grad([y], [x, w, b], annotate(Optional[List[Optional[Tensor]]], [g]), False, False, False)
              return unchecked_cast(Tensor, d[0])
            def last(self, x: Tensor) -> Tensor:
              return torch.contiguous(x, memory_format=2)
            """;

    private static final int REPEATS = 3;

    /** One of the network's convolutions; side is the input's. */
    private record Layer(String method, int inputs, int outputs, int side, int kernel, int stride) {
        int padding() {
            return method.equals("transposed") || kernel == 3 ? 1 : 0;
        }

        int outputSide() {
            return method.equals("transposed") ? 2 * side : side / stride;
        }

        Shape weight() {
            return method.equals("transposed")
                    ? new Shape(inputs, outputs, kernel, kernel)
                    : new Shape(outputs, inputs, kernel, kernel);
        }

        /** The first layer's input needs no gradient. */
        AtenModule module() {
            String gradients = inputs == 3 ? "[w, b]" : "[x, w, b]";
            return AtenModule.of(
                    "Roof_%s_%d_%d_%d".formatted(method, stride, padding(), inputs == 3 ? 2 : 3),
                    METHODS.replace("STRIDE", Integer.toString(stride))
                                    .replace("PADDING", Integer.toString(padding()))
                                    .replace("GRADIENTS", gradients)
                            + MixedPrecision.rounding(method, 4));
        }
    }

    /** A layer with arrays for it, in the format that was faster. */
    private record Task(Layer layer, boolean mixed, NDArray[] arrays) {
        void run() {
            layer.module().call(mixed ? "bfloat16" : layer.method, arrays).close();
        }

        double seconds() {
            run();
            long start = System.nanoTime();
            for (int i = 0; i < REPEATS; i++) {
                run();
            }
            return (System.nanoTime() - start) / 1e9;
        }
    }

    private ConvolutionRoof() {}

    /** Serves passes over all layers. */
    public static void main(String[] args) throws IOException {
        try (NDManager manager = Torch.manager(0)) {
            JniUtils.setGradMode(true);
            List<Task> tasks = new ArrayList<>();
            boolean mixed = args[1].equals("bf16");
            for (Layer layer : layers()) {
                tasks.add(faster(layer, mixed, Long.parseLong(args[0]), manager));
            }
            WorkServer.serve(() -> tasks.forEach(Task::run));
        }
    }

    private static Task faster(Layer layer, boolean mixed, long batch, NDManager manager) {
        NDArray[] usual = {
            manager.randomNormal(new Shape(batch, layer.inputs, layer.side, layer.side)),
            manager.randomNormal(layer.weight()),
            manager.randomNormal(new Shape(layer.outputs)),
            manager.randomNormal(new Shape(batch, layer.outputs, layer.outputSide(), layer.outputSide()))
        };
        NDArray[] last = usual.clone();
        for (int i : new int[] {0, 1, 3}) {
            last[i] = layer.module().call("last", usual[i]);
        }
        for (NDArray[] arrays : List.of(usual, last)) {
            for (int i = 0; i < 3; i++) {
                arrays[i].setRequiresGradient(true);
            }
        }
        Task one = new Task(layer, mixed, usual);
        Task other = new Task(layer, mixed, last);
        return one.seconds() < other.seconds() ? one : other;
    }

    private static List<Layer> layers() {
        List<Layer> all = new ArrayList<>();
        all.add(direct(3, 64, 32, 3, 1));
        block(all, 64, 128, 32);
        all.add(direct(128, 128, 32, 3, 2));
        block(all, 128, 256, 16);
        all.add(direct(256, 256, 16, 3, 2));
        block(all, 256, 256, 8);
        all.add(direct(256, 768, 8, 1, 1));
        all.add(direct(256, 256, 8, 1, 1));
        block(all, 256, 256, 8);
        all.add(new Layer("transposed", 256, 256, 8, 4, 2));
        block(all, 512, 128, 16);
        all.add(new Layer("transposed", 128, 128, 16, 4, 2));
        block(all, 256, 64, 32);
        all.add(direct(64, 3, 32, 3, 1));
        return all;
    }

    private static Layer direct(int inputs, int outputs, int side, int kernel, int stride) {
        return new Layer("direct", inputs, outputs, side, kernel, stride);
    }

    private static void block(List<Layer> all, int inputs, int outputs, int side) {
        all.add(direct(inputs, outputs, side, 3, 1));
        all.add(direct(outputs, outputs, side, 3, 1));
        if (inputs != outputs) {
            all.add(direct(inputs, outputs, side, 1, 1));
        }
    }
}
