package org.scorebook.aten;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Methods in TorchScript, PyTorch's own small language, that Java calls with arrays: whatever ATen can do is reachable
 * from them, and autograd records it. A call costs some 10 µs, where one DJL addition of scalars costs 1 to 2 (measured on
 * one CPU core), so a method should do a block of work. A module holds no array of its caller and lives as long as the engine.
 */
final class AtenModule {
    private static final Map<String, AtenModule> LOADED = new ConcurrentHashMap<>();

    private final PtSymbolBlock block;

    private AtenModule(PtSymbolBlock block) {
        this.block = block;
    }

    /**
     * The module of this name, which is made when it is first asked for.
     *
     * @param className the class's name in the source; two modules have two names
     * @param methods TorchScript of its methods, each declared as {@code def NAME(self, x: Tensor, ...) -> Tensor:}
     */
    static AtenModule load(String className, String methods) {
        EngineStart.ensure(); // not within the next call: the start loads modules too
        return LOADED.computeIfAbsent(className, name -> make(name, methods));
    }

    /** A module that nothing else asks for. */
    static AtenModule make(String className, String methods) {
        String source = "class " + className + "(Module):\n"
                + "  __parameters__ = []\n  __buffers__ = []\n  training : bool\n"
                + methods.replace("(self,", "(self: __torch__." + className + ",")
                        .indent(2);
        NDManager forever = NDManager.newBaseManager();
        try {
            Path file = Files.createTempFile("scorebook", ".pt");
            try {
                Files.write(file, TorchArchive.write(className, source));
                return new AtenModule(
                        JniUtils.loadModule((PtNDManager) forever, file, true, new String[0], new String[0], true));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The method's result, which belongs to the manager of the first input. */
    NDArray call(String method, NDArray... inputs) {
        return call(method, new NDList(inputs));
    }

    /** As {@link #call(String, NDArray...)}; inputs in a row with one name that ends with {@code []} make one list. */
    NDArray call(String method, NDList inputs) {
        NDManager manager = inputs.get(0).getManager();
        try (NDArray name = manager.create(0f)) {
            name.setName("module_method:" + method);
            NDList list = new NDList(inputs);
            list.add(name);
            NDArray result = IValueUtils.forward(block, list, true).singletonOrThrow();
            result.attach(manager);
            return result;
        }
    }
}
