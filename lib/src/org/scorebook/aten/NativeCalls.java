package org.scorebook.aten;

import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.nio.file.Path;

/** Functions of the C library and of PyTorch that neither Java nor DJL offers. */
final class NativeCalls {
    private NativeCalls() {}

    /**
     * Sets a variable where C code reads it: Java's own view of the environment cannot be changed.
     *
     * @return false where that cannot be done
     */
    static boolean setVariable(String name, String value) {
        try {
            int failure = Platform.isWindows()
                    ? NativeLibrary.getInstance("msvcrt")
                            .getFunction("_putenv_s")
                            .invokeInt(new Object[] {name, value})
                    : NativeLibrary.getProcess().getFunction("setenv").invokeInt(new Object[] {name, value, 1});
            return failure == 0;
        } catch (LinkageError e) { // JNA unpacks a library, which some systems do not let it load
            return false;
        }
    }

    /**
     * Sets a parameter of glibc's {@code malloc}, as {@code mallopt} does.
     *
     * @return false where the C library is another
     */
    static boolean setMalloc(int parameter, int value) {
        return Platform.isLinux() && callMalloc("mallopt", parameter, value);
    }

    /** Gives the system back what glibc's {@code malloc} holds free. */
    static void trimMalloc() {
        callMalloc("malloc_trim", 0L);
    }

    private static boolean callMalloc(String function, Object... arguments) {
        try {
            return NativeLibrary.getProcess().getFunction(function).invokeInt(arguments) == 1;
        } catch (LinkageError e) { // as with variables; or there is no such function
            return false;
        }
    }

    /**
     * Sets {@code torch.backends.nnpack.enabled}. The engine must be loaded.
     *
     * @return false where this build of PyTorch has no such function by this name
     */
    static boolean enableNnpack(boolean on) {
        return setInContext("_ZN2at7Context20setUserEnabledNNPACKEb", on);
    }

    /** Sets {@code torch.backends.mkldnn.enabled}, which is oneDNN. Otherwise as {@link #enableNnpack}. */
    static boolean enableOneDnn(boolean on) {
        return setInContext("_ZN2at7Context20setUserEnabledMkldnnEb", on);
    }

    private static boolean setInContext(String function, boolean value) {
        try {
            NativeLibrary torch = library();
            Pointer context = torch.getFunction("_ZN2at13globalContextEv").invokePointer(new Object[0]);
            torch.getFunction(function).invokeVoid(new Object[] {context, (byte) (value ? 1 : 0)});
            return true;
        } catch (LinkageError e) { // also where names are mangled differently, as on Windows
            return false;
        }
    }

    /** The library that the engine has loaded; opening it again gives the same one. */
    private static NativeLibrary library() {
        return NativeLibrary.getInstance(Path.of(LibUtils.getLibtorchPath(), System.mapLibraryName("torch_cpu"))
                .toString());
    }
}
