package org.scorebook.metric;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.scorebook.aten.Torch;
import org.scorebook.base.Require;

/**
 * A network that somebody else saved as TorchScript, with {@code torch.jit.trace} or {@code torch.jit.script}: it brings its
 * own formula, so that nothing here knows its layers. It is only evaluated, never trained.
 */
public final class ScriptModule implements AutoCloseable {
    private final String name;
    private final PtNDManager manager;
    private final PtSymbolBlock block;

    private ScriptModule(String name, PtNDManager manager, PtSymbolBlock block) {
        this.name = name;
        this.manager = manager;
        this.block = block;
    }

    /**
     * Reads a network.
     *
     * @param file in PyTorch's zip format, as {@code torch.jit.save} writes it
     * @param device that evaluates it
     * @throws IllegalArgumentException if there is no such file, or it is not TorchScript
     */
    public static ScriptModule load(Path file, Device device) {
        Require.given("device", device);
        if (!Files.isRegularFile(Require.given("file", file))) {
            throw new IllegalArgumentException("there is no file " + file);
        }
        Torch.state(); // the engine has started
        PtNDManager manager = (PtNDManager) NDManager.newBaseManager(device);
        try {
            PtSymbolBlock block = JniUtils.loadModule(manager, file, true, new String[0], new String[0], false);
            JniUtils.enableInferenceMode(block);
            return new ScriptModule(file.getFileName().toString(), manager, block);
        } catch (EngineException e) {
            manager.close();
            throw new IllegalArgumentException(
                    file + " is not a network in TorchScript: torch.jit.save writes one, torch.save only weights or"
                            + " Python objects",
                    e);
        }
    }

    /**
     * The network's answer, without gradients.
     *
     * @param x on the network's device
     * @param flags arguments behind it, for networks that take some
     * @return a new array that belongs to x's manager
     * @throws IllegalArgumentException if the network does not take such an array, or returns something else than one
     */
    public NDArray forward(NDArray x, boolean... flags) {
        Stream<IValue> first = Stream.of(IValue.from((PtNDArray) Require.given("x", x)));
        IValue[] inputs = Stream.concat(first, flags(flags)).toArray(IValue[]::new);
        try (IValue result = Torch.withOpenBlocks(() -> block.forward(inputs))) {
            if (!result.isTensor()) {
                throw new IllegalArgumentException(name + " must return a tensor, but returns " + result.getType());
            }
            try (NDArray inference = result.toTensor((PtNDManager) x.getManager())) {
                return inference.duplicate(); // of which nothing remembers how it was made
            }
        } catch (EngineException e) {
            throw new IllegalArgumentException(name + " does not take " + x.getShape() + ": " + lastLine(e), e);
        } finally {
            Arrays.stream(inputs).forEach(IValue::close);
        }
    }

    private static Stream<IValue> flags(boolean[] flags) {
        return java.util.stream.IntStream.range(0, flags.length).mapToObj(i -> IValue.from(flags[i]));
    }

    /** PyTorch reports where in the network's source it failed, and at the end why. */
    private static String lastLine(EngineException e) {
        String[] lines = String.valueOf(e.getMessage()).strip().split("\n");
        return lines[lines.length - 1].strip();
    }

    /** Where the network is evaluated. */
    public Device device() {
        return manager.getDevice();
    }

    /** Frees the network. */
    @Override
    public void close() {
        block.close();
        manager.close();
    }
}
