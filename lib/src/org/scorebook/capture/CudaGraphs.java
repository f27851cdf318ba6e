package org.scorebook.capture;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.jni.JniUtils;
import com.sun.jna.Memory;
import java.util.function.Supplier;
import org.scorebook.aten.Torch;
import org.scorebook.base.Require;
import org.scorebook.capture.CudaFunctions.CudaStream;

/**
 * Records work of an NVIDIA GPU in CUDA graphs. Random numbers follow from the seed that is set before the work is done, as without a
 * graph. Where a program of many small operations keeps the GPU waiting for the host, a graph of it does not. A graph has memory of
 * its own for what the work computes on the way.
 *
 * <p>Source: CUDA Programming Guide, CUDA graphs; PyTorch, CUDA semantics, CUDA graphs.
 */
public final class CudaGraphs implements GraphCapture {
    private static final long LEAST_MEMORY = 256L << 20; // bytes that CUDA may want for a graph itself

    private final CudaFunctions cuda;
    private final Runnable emptyCache;
    private CudaStream side;

    CudaGraphs(CudaFunctions cuda, Runnable emptyCache) {
        this.cuda = cuda;
        this.emptyCache = emptyCache;
    }

    /**
     * For the first GPU, which is the one that a thread works on where nobody has chosen another for it.
     *
     * @throws GraphRefused if the device is another, or PyTorch's libraries for it are not loaded or lack a function that is needed
     */
    public static CudaGraphs of(Device device) {
        if (!Require.given("device", device).isGpu() || device.getDeviceId() != 0) {
            throw new GraphRefused("they are for cuda:0 only, and this is " + device);
        }
        Torch.state(); // which the engine has when it is there
        return new CudaGraphs(CudaFunctions.ofThisProcess(), JniUtils::emptyCudaCache);
    }

    @Override
    public CapturedGraph capture(Supplier<NDList> work) {
        Require.given("work", work);
        if (!cuda.synchronize()) {
            throw new GraphRefused("the GPU reports a failure");
        }
        emptyCache.run(); // while work is recorded, PyTorch's allocator gives nothing back to take it elsewhere
        side = side == null ? cuda.another() : side;
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
        } catch (RuntimeException e) {
            breakOff(graph);
            throw new GraphRefused(reason(e));
        } catch (Error e) {
            breakOff(graph);
            throw e;
        }
        boolean hasMemory = cuda.freeMemory() >= LEAST_MEMORY;
        if (!hasMemory || !cuda.isSound(side)) {
            results.forEach(NDArray::close);
            breakOff(graph);
            throw new GraphRefused(
                    hasMemory
                            ? "they have an operation that CUDA does not record"
                            : "the GPU has too little free memory");
        }
        cuda.end(graph);
        cuda.synchronize(); // random numbers are made ready beside the stream that graphs run in
        return new OnDevice(cuda, graph, results);
    }

    /** PyTorch's allocator and random numbers take a recording for one that goes on, until it has ended well. */
    private void breakOff(Memory graph) {
        cuda.recordNothing(side);
        cuda.end(graph);
        cuda.destroy(graph);
    }

    /** The line that says what PyTorch refuses; those before it say where. */
    private static String reason(RuntimeException failure) {
        String message = String.valueOf(failure.getMessage()).strip();
        return message.lines()
                .filter(line -> line.startsWith("RuntimeError"))
                .reduce((first, second) -> second)
                .orElseGet(() -> message.lines().findFirst().orElse("PyTorch refuses"));
    }

    private record OnDevice(CudaFunctions cuda, Memory graph, NDList results) implements CapturedGraph {
        @Override
        public NDList replay() {
            cuda.replay(graph);
            return results;
        }

        @Override
        public void close() {
            boolean isWell = cuda.synchronize();
            results.forEach(NDArray::close);
            if (isWell) { // else PyTorch would end the process, and with it what tells of the failure
                cuda.destroy(graph);
            }
        }
    }
}
