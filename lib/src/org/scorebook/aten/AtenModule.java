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
import org.scorebook.base.Require;

/**
 * Methods in TorchScript, PyTorch's own small language, that Java calls with arrays: whatever ATen can do is reachable
 * from them, and autograd records it. A call costs some 10 µs, where one DJL addition of scalars costs 1 to 2 (measured on
 * one CPU core), so a method should do a block of work. A module is loaded with its first call, so that naming a class that has
 * one starts no engine; it holds no array of its caller and lives as long as the engine.
 */
final class AtenModule {
    private static final Map<String, AtenModule> KNOWN = new ConcurrentHashMap<>();

    private final String className;
    private final String methods;
    private volatile PtSymbolBlock block;

    private AtenModule(String className, String methods) {
        this.className = className;
        this.methods = methods;
    }

    /**
     * The module of this name.
     *
     * @param className the class's name in the source; two modules have two names
     * @param methods TorchScript of its methods, each declared as {@code def NAME(self, x: Tensor, ...) -> Tensor:}
     */
    static AtenModule of(String className, String methods) {
        return KNOWN.computeIfAbsent(className, name -> new AtenModule(name, methods));
    }

    private PtSymbolBlock block() {
        if (block == null) {
            EngineStart.ensure(); // not under this lock: the start calls modules too
            synchronized (this) {
                block = block == null ? load() : block;
            }
        }
        return block;
    }

    private PtSymbolBlock load() {
        String source = "class " + className + "(Module):\n"
                + "  __parameters__ = []\n  __buffers__ = []\n  training : bool\n"
                + methods.replace("(self,", "(self: __torch__." + className + ",")
                        .indent(2);
        NDManager forever = NDManager.newBaseManager();
        try {
            Path file = Files.createTempFile("scorebook", ".pt");
            try {
                Files.write(file, TorchArchive.write(className, source));
                return JniUtils.loadModule((PtNDManager) forever, file, true, new String[0], new String[0], true);
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
        for (int i = 0; i < inputs.size(); i++) {
            Require.given("array " + i + " of " + method, inputs.get(i));
        }
        NDManager manager = inputs.get(0).getManager();
        try (NDArray name = manager.create(0f)) {
            name.setName("module_method:" + method);
            NDList list = new NDList(inputs);
            list.add(name);
            NDArray result = IValueUtils.forward(block(), list, true).singletonOrThrow();
            result.attach(manager);
            return result;
        }
    }
}
