package org.scorebook.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A block and the shape of its points; blocks have parameters in one network only. */
record EnergyCase(String name, Supplier<Layer> block, Shape point) {
    /** With larger parameters than at the start, where the energy is almost the same everywhere. */
    NeuralEnergy energy(NDManager manager, DataType type) {
        NeuralEnergy energy = new NeuralEnergy(block.get(), manager, point, type);
        energy.parameters().forEach(p -> p.stopGradient().addi(manager.randomNormal(0, 0.2f, p.getShape(), type)));
        energy.iteratePower(15);
        return energy;
    }

    NDArray points(NDManager manager, DataType type) {
        return manager.randomNormal(0, 1, new Shape(5).addAll(point), type);
    }

    @Override
    public String toString() {
        return name;
    }

    static Stream<EnergyCase> networks() {
        EnergyShape images = EnergyShape.of(2, 12, 3);
        return Stream.of(
                mlp(Activation.SILU, 2, 16, 16),
                mlp(Activation.SOFTPLUS, 1, 16),
                mlp(Activation.TANH, 7, 8, 8, 8),
                net("plain", images),
                net("pooled", images.withPooling()),
                net("pooled, normalized", images.withPooling().withSpectralNorm()),
                net("normalized", images.withSpectralNorm()),
                net("classes", images.withClasses(4)),
                net("normalized, classes", images.withClasses(4).withSpectralNorm()),
                tiny());
    }

    static EnergyCase mlp(Activation activation, int dimension, int... hidden) {
        return new EnergyCase(
                activation.toString(), () -> new EnergyMlp(activation, dimension, hidden), new Shape(dimension));
    }

    static EnergyCase net(String name, EnergyShape shape) {
        Shape point = new Shape(shape.channels(), shape.side(), shape.side());
        return new EnergyCase(name, () -> new EnergyNet(shape), point);
    }

    static EnergyCase tiny() {
        return net("tiny", EnergyShape.of(1, 4, 1).withSpectralNorm().withClasses(2));
    }
}
