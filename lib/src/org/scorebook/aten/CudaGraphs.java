package org.scorebook.aten;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import com.sun.jna.Memory;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.scorebook.aten.CudaFunctions.CudaStream;
import org.scorebook.base.Require;

/**
 * Records work of an NVIDIA GPU in CUDA graphs. Random numbers follow from the seed that is set before the work is done, as without a
 * graph. Where a program of many small operations keeps the GPU waiting for the host, a graph of it does not.
 *
 * <p>Source: CUDA Programming Guide, CUDA graphs; PyTorch, CUDA semantics, CUDA graphs.
 */
public final class CudaGraphs implements GraphCapture {
    /** Recordings that were broken off: PyTorch's allocator goes on asking them whether memory is theirs. */
    private static final Queue<Memory> BROKEN = new ConcurrentLinkedQueue<>();

    private final CudaFunctions cuda;
    private final CudaStream side;

    CudaGraphs(CudaFunctions cuda) {
        this.cuda = cuda;
        side = cuda.another();
    }

    /**
     * For the GPU that this process has loaded PyTorch's libraries for.
     *
     * @throws GraphRefused if there is none, or they lack a function that is needed
     */
    public static CudaGraphs ofThisProcess() {
        EngineStart.ensure();
        return new CudaGraphs(CudaFunctions.ofThisProcess());
    }

    @Override
    public CapturedGraph capture(Supplier<NDList> work) {
        Require.given("work", work);
        cuda.synchronize();
        CudaStream before = cuda.current();
        cuda.setCurrent(side);
        try {
            return recorded(work);
        } finally {
            cuda.setCurrent(before);
        }
    }

    private CapturedGraph recorded(Supplier<NDList> work) {
        Memory graph = cuda.newGraph();
        cuda.begin(graph);
        NDList results;
        try {
            results = work.get();
        } catch (EngineException e) {
            breakOff(graph);
            throw new GraphRefused(
                    String.valueOf(e.getMessage()).lines().findFirst().orElse("PyTorch refuses"));
        }
        if (!cuda.isSound(side)) {
            results.close();
            breakOff(graph);
            throw new GraphRefused("it has an operation that CUDA does not record");
        }
        cuda.end(graph);
        return new OnDevice(cuda, graph, results);
    }

    /** PyTorch's random numbers still take the recording for one that goes on, until another one, of nothing, has ended. */
    private void breakOff(Memory graph) {
        BROKEN.add(graph);
        cuda.breakOff(side);
        Memory nothing = cuda.newGraph();
        cuda.begin(nothing);
        cuda.end(nothing);
        cuda.destroy(nothing);
    }

    private record OnDevice(CudaFunctions cuda, Memory graph, NDList results) implements CapturedGraph {
        @Override
        public NDList replay() {
            cuda.replay(graph);
            return results;
        }

        @Override
        public void close() {
            cuda.synchronize();
            results.forEach(NDArray::close);
            cuda.destroy(graph);
        }
    }
}
