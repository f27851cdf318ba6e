package org.scorebook.aten;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import org.scorebook.aten.GraphCapture.CapturedGraph;
import org.scorebook.aten.GraphCapture.GraphRefused;

/**
 * What is asked of PyTorch's CUDA libraries, by which names and in which order: a library is asked that a C++ compiler makes of the
 * same declarations. Whether a GPU then does it is for a machine with one: {@code environment/scorebook bench --device cuda}.
 */
class CudaGraphsTest {
    private static NativeLibrary library;
    private static CudaGraphs graphs;

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
        graphs = new CudaGraphs(new CudaFunctions(compiled, compiled, compiled));
    }

    private static String told() {
        return library.getFunction("what_was_told").invokeString(new Object[0], false);
    }

    @Test
    void workIsRecordedBesideTheStreamOfTheThread() {
        NDArray result = manager.ones(new Shape(2));
        CapturedGraph graph = graphs.capture(() -> new NDList(result));
        assertEquals("wait; stream 7; new; begin 0 0 1; end; stream 0", told());
        assertSame(result, graph.replay().singletonOrThrow());
        assertEquals("replay", told());
        graph.close();
        assertEquals("wait; delete", told());
        assertThrows(IllegalStateException.class, result::toFloatArray, "its memory is the graph's");
    }

    @Test
    void workThatPyTorchRefusesLeavesNothingBehind() {
        GraphRefused refused = assertThrows(
                GraphRefused.class,
                () -> graphs.capture(() -> {
                    throw new EngineException("operation not permitted\nat somewhere.cpp");
                }));
        assertEquals("operation not permitted", refused.getMessage());
        assertEquals(
                "wait; stream 7; new; begin 0 0 1; break; forget; new; begin 0 0 1; end; delete; stream 0", told());
    }

    @Test
    void workThatSpoilsTheRecordingLeavesNothingBehind() {
        NDArray result = manager.ones(new Shape(2));
        GraphRefused refused = assertThrows(
                GraphRefused.class,
                () -> graphs.capture(() -> {
                    library.getFunction("invalidate").invokeVoid(new Object[0]);
                    return new NDList(result);
                }));
        assertEquals("it has an operation that CUDA does not record", refused.getMessage());
        assertEquals(
                "wait; stream 7; new; begin 0 0 1; break; forget; new; begin 0 0 1; end; delete; stream 0", told());
        graphs.capture(NDList::new).close();
        told();
    }

    @Test
    void aLibraryThatLacksAFunctionIsRefused() {
        assumeTrue(NDManager.newBaseManager().getEngine().getGpuCount() == 0, "here is a GPU");
        GraphRefused refused = assertThrows(GraphRefused.class, CudaGraphs::ofThisProcess);
        assertEquals("this process has loaded no libtorch_cuda", refused.getMessage());
    }
}
