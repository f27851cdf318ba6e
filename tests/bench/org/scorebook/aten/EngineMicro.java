package org.scorebook.aten;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Single calls of the engine. */
@State(Scope.Thread)
public class EngineMicro {
    private static final AtenModule MODULE = AtenModule.of("Micro", """
            def same(self, x: Tensor) -> Tensor:
              return torch.alias(x)
            """);

    private NDManager manager;
    private NDArray scalar;
    private NDArray images;
    private NDArray weight;

    /** Makes the arrays. */
    @Setup
    public void open() {
        manager = Torch.manager(0, Device.cpu());
        scalar = manager.create(1f);
        images = manager.randomNormal(new Shape(16, 128, 32, 32));
        weight = manager.ones(new Shape(128));
    }

    /** Frees them. */
    @TearDown
    public void close() {
        manager.close();
    }

    /** A method that does nothing: what a call costs. */
    @Benchmark
    public void call() {
        MODULE.call("same", scalar).close();
    }

    /** DJL's own addition of two numbers. */
    @Benchmark
    public void addition() {
        scalar.add(scalar).close();
    }

    /** In 8 groups, of 16 images of 128 channels and 32 x 32 pixels. */
    @Benchmark
    public void groupNorm() {
        Functional.groupNorm(images, 8, weight, weight).close();
    }

    /** The sum of the images' squares, the least that reads them all once. */
    @Benchmark
    public void sumOfSquares() {
        try (NDArray squares = images.square()) {
            squares.sum().close();
        }
    }
}
