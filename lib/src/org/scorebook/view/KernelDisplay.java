package org.scorebook.view;

import java.lang.reflect.InvocationTargetException;

/**
 * The display call of IJava and of the kernels on JJava's base library, Scorebook's own among them. Both lines have the
 * same classes under different package names; they are reached by reflection, so the library loads without either.
 */
final class KernelDisplay implements Display {
    /** Where a line of kernels keeps its running instance and its display classes. */
    record KernelLine(String kernelClass, String kernelGetter, String dataClass) {}

    static final KernelLine JJAVA = new KernelLine(
            "org.dflib.jjava.jupyter.kernel.BaseKernel",
            "notebookKernel",
            "org.dflib.jjava.jupyter.kernel.display.DisplayData");
    static final KernelLine IJAVA = new KernelLine(
            "io.github.spencerpark.ijava.IJava",
            "getKernelInstance",
            "io.github.spencerpark.jupyter.kernel.display.DisplayData");

    private final Object kernel;
    private final Class<?> dataClass;

    private KernelDisplay(Object kernel, Class<?> dataClass) {
        this.kernel = kernel;
        this.dataClass = dataClass;
    }

    /** The display of this line's running kernel, or {@code null} where the line is absent or its kernel not running. */
    static KernelDisplay of(KernelLine line) {
        try {
            Object kernel = Class.forName(line.kernelClass())
                    .getMethod(line.kernelGetter())
                    .invoke(null);
            return kernel == null ? null : new KernelDisplay(kernel, Class.forName(line.dataClass()));
        } catch (ClassNotFoundException | InvocationTargetException e) {
            return null; // not this line, or its classes are there without a kernel
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(line.kernelClass() + " is not a kernel that Scorebook knows: " + e, e);
        }
    }

    @Override
    public void show(String html, String text, String id, boolean update) {
        try {
            Object data = dataClass.getConstructor(String.class).newInstance(text);
            dataClass.getMethod("putHTML", String.class).invoke(data, html);
            dataClass.getMethod("setDisplayId", String.class).invoke(data, id);
            if (update) {
                Object io = kernel.getClass().getMethod("getIO").invoke(kernel);
                Object stream = io.getClass().getField("display").get(io);
                stream.getClass().getMethod("updateDisplay", dataClass).invoke(stream, data);
            } else {
                kernel.getClass().getMethod("display", dataClass).invoke(kernel, data);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the kernel's display call failed: " + e, e);
        }
    }
}
