package org.scorebook.aten;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.scorebook.base.Require;

/**
 * Programs in TorchScript that give several arrays in one call. The same text is compiled once, as long as it is among those that
 * were used last.
 */
public final class NativeProgram {
    private static final int MOST = 200; // that of a large network takes some megabytes

    private static final Map<String, NativeProgram> KNOWN = new LinkedHashMap<>(16, 0.75f, true); // by their last use

    private final AtenModule module;
    private int users;

    private NativeProgram(String methods) {
        module = AtenModule.unnamed("Program", methods);
    }

    /**
     * What a program makes of arrays; it belongs to the manager of the first.
     *
     * @param methods one of which is {@code run}, as for modules in this package, but returns {@code List[Tensor]}
     * @param inputs of {@code run} by their order, where those in a row with one name that ends with {@code []} make one list
     */
    public static NDList run(String methods, NDList inputs) {
        Require.given("methods", methods);
        Require.given("inputs", inputs);
        NativeProgram program = taken(methods);
        JniUtils.setGraphExecutorOptimize(false); // gradients that are taken within would be rewritten
        try {
            return program.module.callAll("run", inputs);
        } finally {
            JniUtils.setGraphExecutorOptimize(true);
            left(program);
        }
    }

    private static NativeProgram taken(String methods) {
        synchronized (KNOWN) {
            NativeProgram program = KNOWN.computeIfAbsent(methods, NativeProgram::new);
            program.users++;
            return program;
        }
    }

    private static void left(NativeProgram program) {
        synchronized (KNOWN) {
            program.users--;
            Iterator<NativeProgram> eldest = KNOWN.values().iterator();
            while (KNOWN.size() > MOST && eldest.hasNext()) {
                NativeProgram old = eldest.next();
                if (old.users == 0) {
                    eldest.remove();
                    old.module.close();
                }
            }
        }
    }

    /** Another handle to an array's memory, which autograd does not follow, under a name of its own. */
    public static NDArray named(String name, NDArray array) {
        NDArray alias = Require.given("array", array).stopGradient();
        alias.setName(Require.given("name", name));
        return alias;
    }
}
