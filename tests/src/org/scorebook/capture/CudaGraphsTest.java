package org.scorebook.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scorebook.Seeded;
import org.scorebook.capture.GraphCapture.CapturedGraph;
import org.scorebook.capture.GraphCapture.GraphRefused;

/**
 * What is asked of PyTorch's CUDA libraries, by which names and in which order: a library is asked that a C++ compiler makes of the
 * same declarations. Whether a GPU then does it is for a machine with one: {@code environment/scorebook bench --device cuda}.
 */
class CudaGraphsTest {
    private static final String BEGUN = "wait; stream 7; new; begin 0 0 1; ";
    private static final String BROKEN_OFF = BEGUN + "break; forget; nothing; end; delete; stream 0";

    private static NativeLibrary library;
    private static CudaGraphs graphs;
    private static int emptied;

    @Seeded(1)
    private NDManager manager;

    @BeforeAll
    static void compile(@TempDir Path folder) throws IOException, InterruptedException {
        Path compiler = Path.of("/usr/bin/c++");
        assumeTrue(Files.isExecutable(compiler), "no C++ compiler");
        Path compiled = folder.resolve("cuda_graph.so");
        Process process = new ProcessBuilder(
                        compiler.toString(),
                        "-O1",
                        "-shared",
                        "-fPIC",
                        "tests/resources/cuda_graph.cpp",
                        "-o",
                        compiled.toString())
                .inheritIO()
                .start();
        assertEquals(0, process.waitFor());
        library = NativeLibrary.getInstance(compiled.toString());
        graphs = new CudaGraphs(new CudaFunctions(compiled, compiled), () -> emptied++);
    }

    private static String told() {
        return library.getFunction("what_was_told").invokeString(new Object[0], false);
    }

    private static void call(String function, Object... arguments) {
        library.getFunction(function).invokeVoid(arguments);
    }

    @Test
    void workIsRecordedBesideTheStreamOfTheThread() {
        int before = emptied;
        NDArray result = manager.ones(new Shape(2));
        CapturedGraph graph = graphs.capture(() -> new NDList(result));
        assertEquals(BEGUN + "end; wait; stream 0", told());
        assertEquals(before + 1, emptied, "what the allocator keeps is given back before");
        assertSame(result, graph.replay().singletonOrThrow());
        assertEquals("replay", told());
        graph.close();
        assertEquals("wait; delete", told());
        assertThrows(IllegalStateException.class, result::toFloatArray, "its memory is the graph's");
    }

    @Test
    void workThatPyTorchRefusesLeavesNothingBehind() {
        assertEquals("operation not permitted", refused("operation not permitted\nat somewhere.cpp"));
        assertEquals(BROKEN_OFF, told());
        assertEquals(
                "RuntimeError: out of memory",
                refused("The following operation failed:\nRuntimeError: first\nRuntimeError: out of memory"));
        assertEquals(BROKEN_OFF, told());
    }

    private static String refused(String message) {
        return assertThrows(
                        GraphRefused.class,
                        () -> graphs.capture(() -> {
                            throw new EngineException(message);
                        }))
                .getMessage();
    }

    @Test
    void anErrorIsNotTakenForARefusalAndLeavesNothingBehind() {
        assertThrows(
                StackOverflowError.class,
                () -> graphs.capture(() -> {
                    throw new StackOverflowError();
                }));
        assertEquals(BROKEN_OFF, told());
    }

    @Test
    void workThatSpoilsTheRecordingLeavesNothingBehind() {
        assertEquals("they have an operation that CUDA does not record", spoiled(() -> call("invalidate")));
        assertEquals(BROKEN_OFF, told());
        graphs.capture(NDList::new).close();
        told();
    }

    @Test
    void whereMemoryIsShortNothingIsRecorded() {
        assertEquals("the GPU has too little free memory", spoiled(() -> call("leave_memory", 1L << 20)));
        assertEquals(BROKEN_OFF, told());
        call("leave_memory", 1L << 30);
    }

    private String spoiled(Runnable spoil) {
        NDArray result = manager.ones(new Shape(2));
        GraphRefused refused = assertThrows(
                GraphRefused.class,
                () -> graphs.capture(() -> {
                    spoil.run();
                    return new NDList(result);
                }));
        assertThrows(IllegalStateException.class, result::toFloatArray, "nobody has it");
        return refused.getMessage();
    }

    /** PyTorch would end the process, and nobody would read what the failure was. */
    @Test
    void ofAGpuThatHasFailedNothingMoreIsAsked() {
        CapturedGraph graph = graphs.capture(NDList::new);
        told();
        call("fail", 700);
        try {
            GraphRefused refused = assertThrows(GraphRefused.class, () -> graphs.capture(NDList::new));
            assertEquals("the GPU reports a failure", refused.getMessage());
            graph.close();
            assertEquals("wait; wait", told());
        } finally {
            call("fail", 0);
        }
    }

    @Test
    void otherDevicesHaveNone() {
        assertEquals("they are for cuda:0 only, and this is cpu()", noneOf(Device.cpu()));
        assertEquals("they are for cuda:0 only, and this is gpu(1)", noneOf(Device.gpu(1)));
        assumeTrue(NDManager.newBaseManager().getEngine().getGpuCount() == 0, "here is a GPU");
        assertEquals("this process has loaded no libtorch_cuda.so", noneOf(Device.gpu()));
    }

    private static String noneOf(Device device) {
        return assertThrows(GraphRefused.class, () -> CudaGraphs.of(device)).getMessage();
    }
}
