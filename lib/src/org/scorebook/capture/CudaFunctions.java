package org.scorebook.capture;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.scorebook.capture.GraphCapture.GraphRefused;

/**
 * Functions of PyTorch's CUDA libraries and of CUDA's runtime that record work, by the names that C++ compilers on Linux give them.
 * Those of PyTorch throw what would end the process, so they must not be called where they would refuse; those of the runtime
 * return a number, which is 0 where all is well.
 *
 * <p>Source: {@code at::cuda::CUDAGraph}, {@code c10::cuda::CUDAStream}; CUDA Runtime API, stream management.
 */
final class CudaFunctions {
    private static final long GRAPH_SIZE = 8_192; // bytes, many times what the object takes

    /** {@code cudaStreamCaptureModeThreadLocal}: what other threads allocate is their own affair. */
    private static final int ONLY_THIS_THREAD = 1;

    private static final int CAPTURING = 1;

    private final Function construct;
    private final Function begin;
    private final Function end;
    private final Function replay;
    private final Function destruct;
    private final Function pool;
    private final Function current;
    private final Function setCurrent;
    private final Function raw;
    private final Function synchronize;
    private final Function memory;
    private final Function isCapturing;
    private final Function beginCapture;
    private final Function endCapture;
    private final Function lastError;

    /** By the files of two libraries, which are loaded already. The second brings CUDA's runtime, the one that PyTorch uses. */
    CudaFunctions(Path torchFile, Path streamsFile) {
        NativeLibrary torch = NativeLibrary.getInstance(torchFile.toString());
        NativeLibrary streams = NativeLibrary.getInstance(streamsFile.toString());
        construct = either(torch, "_ZN2at4cuda9CUDAGraphC1Ev", "_ZN2at4cuda9CUDAGraphC1Eb");
        begin = torch.getFunction("_ZN2at4cuda9CUDAGraph13capture_beginESt4pairIyyE21cudaStreamCaptureMode");
        end = torch.getFunction("_ZN2at4cuda9CUDAGraph11capture_endEv");
        replay = torch.getFunction("_ZN2at4cuda9CUDAGraph6replayEv");
        destruct = torch.getFunction("_ZN2at4cuda9CUDAGraphD1Ev");
        pool = streams.getFunction("_ZN3c104cuda17getStreamFromPoolEba");
        current = streams.getFunction("_ZN3c104cuda20getCurrentCUDAStreamEa");
        setCurrent = streams.getFunction("_ZN3c104cuda20setCurrentCUDAStreamENS0_10CUDAStreamE");
        raw = streams.getFunction("_ZNK3c104cuda10CUDAStream6streamEv");
        synchronize = streams.getFunction("cudaDeviceSynchronize");
        memory = streams.getFunction("cudaMemGetInfo");
        isCapturing = streams.getFunction("cudaStreamIsCapturing");
        beginCapture = streams.getFunction("cudaStreamBeginCapture");
        endCapture = streams.getFunction("cudaStreamEndCapture");
        lastError = streams.getFunction("cudaGetLastError");
    }

    /** Later versions of PyTorch take a flag, which is left unread by earlier ones. */
    private static Function either(NativeLibrary library, String first, String second) {
        try {
            return library.getFunction(first);
        } catch (UnsatisfiedLinkError e) {
            return library.getFunction(second);
        }
    }

    /**
     * Those of the libraries that this process has loaded.
     *
     * @throws GraphRefused if there are none, or they lack a function
     */
    static CudaFunctions ofThisProcess() {
        try {
            return new CudaFunctions(loaded("libtorch_cuda.so"), loaded("libc10_cuda.so"));
        } catch (LinkageError e) {
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new GraphRefused("PyTorch's CUDA libraries lack a function (" + reason + ")");
        }
    }

    /** The file of a loaded library, as Linux lists them: address, rights, offset, device, inode, path. */
    private static Path loaded(String name) {
        Path maps = Path.of("/proc/self/maps");
        try {
            for (String line : Files.isReadable(maps) ? Files.readAllLines(maps) : List.<String>of()) {
                if (line.endsWith("/" + name)) {
                    return Path.of(line.substring(line.indexOf('/')));
                }
            }
        } catch (IOException e) {
            throw new GraphRefused("the libraries of this process cannot be listed");
        }
        throw new GraphRefused("this process has loaded no " + name);
    }

    /** A {@code CUDAStream}, which is a device and the stream's number. JNA makes and reads it, so it is public. */
    @Structure.FieldOrder({"device", "id"})
    public static final class CudaStream extends Structure implements Structure.ByValue {
        public long device;
        public long id;
    }

    /** The stream that this thread's work goes to. */
    CudaStream current() {
        return (CudaStream) current.invoke(CudaStream.class, new Object[] {(byte) -1});
    }

    void setCurrent(CudaStream stream) {
        setCurrent.invokeVoid(new Object[] {stream});
    }

    /** Another stream, of PyTorch's own. */
    CudaStream another() {
        return (CudaStream) pool.invoke(CudaStream.class, new Object[] {(byte) 0, (byte) -1});
    }

    /**
     * Waits until the device has done all that it was told.
     *
     * @return false if something of it has failed
     */
    boolean synchronize() {
        return synchronize.invokeInt(new Object[0]) == 0;
    }

    /** How many bytes of the device's memory nobody has taken; 0 where it does not say. */
    long freeMemory() {
        LongByReference free = new LongByReference();
        int failure = memory.invokeInt(new Object[] {free, new LongByReference()});
        return failure == 0 ? free.getValue() : 0;
    }

    /** A graph with nothing in it, for the device of this thread. */
    Memory newGraph() {
        Memory graph = new Memory(GRAPH_SIZE);
        graph.clear();
        construct.invokeVoid(new Object[] {graph, (byte) 0});
        return graph;
    }

    /** Records what this thread does from now on, which must not be on the stream that PyTorch begins with. */
    void begin(Pointer graph) {
        begin.invokeVoid(new Object[] {graph, 0L, 0L, ONLY_THIS_THREAD});
    }

    /** Ends a recording on a stream that {@link #isSound}. */
    void end(Pointer graph) {
        end.invokeVoid(new Object[] {graph});
    }

    void replay(Pointer graph) {
        replay.invokeVoid(new Object[] {graph});
    }

    /** Frees what a graph holds on the device. Nothing is asked of it afterwards. */
    void destroy(Pointer graph) {
        destruct.invokeVoid(new Object[] {graph});
    }

    /** Whether a stream records and has met nothing that cannot be recorded. */
    boolean isSound(CudaStream stream) {
        IntByReference status = new IntByReference();
        int failure = isCapturing.invokeInt(new Object[] {raw(stream), status});
        return failure == 0 && status.getValue() == CAPTURING;
    }

    /**
     * Lets a stream record nothing in the place of what was recorded there, so that PyTorch can end it; and forgets the failure, which
     * CUDA would report to whoever calls it next.
     */
    void recordNothing(CudaStream stream) {
        endCapture.invokeInt(new Object[] {raw(stream), new PointerByReference()});
        lastError.invokeInt(new Object[0]);
        beginCapture.invokeInt(new Object[] {raw(stream), ONLY_THIS_THREAD});
    }

    private Pointer raw(CudaStream stream) {
        Memory place = new Memory(2 * Long.BYTES);
        place.setLong(0, stream.device);
        place.setLong(Long.BYTES, stream.id);
        return raw.invokePointer(new Object[] {place});
    }
}
