package org.scorebook.aten;

import ai.djl.Device;
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
 * one starts no engine; it holds no array of its caller and lives as long as the engine, unless closed.
 */
final class AtenModule {
    private static final Map<String, AtenModule> KNOWN = new ConcurrentHashMap<>();
    private static final Map<String, NDArray> NAMES = new ConcurrentHashMap<>();

    private final String className;
    private final String methods;
    private NDManager owner;
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

    /** One that is remembered, and closed, by whoever asks for it. */
    static AtenModule unnamed(String className, String methods) {
        return new AtenModule(className, methods);
    }

    /** Frees the module, which nobody calls any more. */
    void close() {
        if (block != null) {
            block.close();
            owner.close();
        }
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
        owner = NDManager.newBaseManager();
        try {
            Path file = Files.createTempFile("scorebook", ".pt");
            try {
                Files.write(file, TorchArchive.write(className, source));
                return JniUtils.loadModule((PtNDManager) owner, file, true, new String[0], new String[0], true);
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
        for (NDArray input : inputs) {
            if (input instanceof Recorded recorded) {
                return recorded.record(className, methods, method, inputs, known -> call(method, known));
            }
        }
        return callAll(method, inputs).singletonOrThrow();
    }

    /** As {@link #call(String, NDArray...)}, of a product, which {@link MixedPrecision} takes in bfloat16. */
    NDArray product(String method, NDArray... inputs) {
        if (!MixedPrecision.concerns(inputs)) {
            return call(method, inputs);
        }
        return of(className + "_" + method, methods + MixedPrecision.rounding(method, inputs.length))
                .call("bfloat16", inputs);
    }

    /** As {@link #call(String, NDList)}, for a method that returns a list of arrays. */
    NDList callAll(String method, NDList inputs) {
        NDList list = new NDList(inputs);
        PtSymbolBlock loaded = block();
        list.add(NAMES.computeIfAbsent(method, AtenModule::methodName));
        NDList results = IValueUtils.forward(loaded, list, true);
        results.attach(inputs.get(0).getManager());
        return results;
    }

    /** How DJL is told of the method: by the name of an array, which is made once and where it costs nothing, on the CPU. */
    private static NDArray methodName(String method) {
        NDArray name = NDManager.newBaseManager(Device.cpu()).create(0f);
        name.setName("module_method:" + method);
        return name;
    }
}
