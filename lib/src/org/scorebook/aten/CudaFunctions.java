package org.scorebook.aten;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.scorebook.aten.GraphCapture.GraphRefused;

/**
 * Functions of PyTorch's CUDA libraries and of CUDA's runtime that record work, by the names that C++ compilers on Linux give them.
 * The former throw what would end the process, so they must not be called where they would refuse.
 *
 * <p>Source: {@code at::cuda::CUDAGraph}, {@code c10::cuda::CUDAStream}; CUDA Runtime API, stream management.
 */
final class CudaFunctions {
    private static final long GRAPH_SIZE = 8_192; // bytes, many times what the object takes
    private static final int ONLY_THIS_THREAD =
            1; // cudaStreamCaptureModeThreadLocal: what others allocate is their own affair
    private static final int CAPTURING = 1;

    private final NativeLibrary torch;
    private final NativeLibrary streams;
    private final NativeLibrary runtime;
    private final Function construct;
    private final Function begin;
    private final Function end;
    private final Function replay;
    private final Function destruct;
    private final Function current;
    private final Function setCurrent;
    private final Function raw;
    private final Function synchronize;

    /** By the files of the three libraries, which are loaded already. */
    CudaFunctions(Path torch, Path streams, Path runtime) {
        this.torch = NativeLibrary.getInstance(torch.toString());
        this.streams = NativeLibrary.getInstance(streams.toString());
        this.runtime = NativeLibrary.getInstance(runtime.toString());
        construct = either("_ZN2at4cuda9CUDAGraphC1Ev", "_ZN2at4cuda9CUDAGraphC1Eb");
        begin = this.torch.getFunction("_ZN2at4cuda9CUDAGraph13capture_beginESt4pairIyyE21cudaStreamCaptureMode");
        end = this.torch.getFunction("_ZN2at4cuda9CUDAGraph11capture_endEv");
        replay = this.torch.getFunction("_ZN2at4cuda9CUDAGraph6replayEv");
        destruct = this.torch.getFunction("_ZN2at4cuda9CUDAGraphD1Ev");
        current = this.streams.getFunction("_ZN3c104cuda20getCurrentCUDAStreamEa");
        setCurrent = this.streams.getFunction("_ZN3c104cuda20setCurrentCUDAStreamENS0_10CUDAStreamE");
        raw = this.streams.getFunction("_ZNK3c104cuda10CUDAStream6streamEv");
        synchronize = this.streams.getFunction("_ZN3c104cuda18device_synchronizeEv");
    }

    /** Later versions of PyTorch take a flag, which is left unread by earlier ones. */
    private Function either(String first, String second) {
        try {
            return torch.getFunction(first);
        } catch (UnsatisfiedLinkError e) {
            return torch.getFunction(second);
        }
    }

    /**
     * Those of the libraries that this process has loaded.
     *
     * @throws GraphRefused if there are none
     */
    static CudaFunctions ofThisProcess() {
        try {
            return new CudaFunctions(loaded("libtorch_cuda"), loaded("libc10_cuda"), loaded("libcudart"));
        } catch (LinkageError e) {
            String[] words = String.valueOf(e.getMessage()).split(":", 2);
            throw new GraphRefused("PyTorch's CUDA libraries lack a function (" + words[0] + ")");
        }
    }

    /** The file of a loaded library, as Linux lists them: address, rights, offset, device, inode, path. */
    private static Path loaded(String name) {
        Path maps = Path.of("/proc/self/maps");
        try {
            for (String line : Files.isReadable(maps) ? Files.readAllLines(maps) : List.<String>of()) {
                int path = line.indexOf('/');
                if (path >= 0 && line.substring(line.lastIndexOf('/') + 1).startsWith(name)) {
                    return Path.of(line.substring(path));
                }
            }
        } catch (IOException e) {
            throw new GraphRefused("the libraries of this process cannot be listed");
        }
        throw new GraphRefused("this process has loaded no " + name);
    }

    /** A {@code CUDAStream}, which is a device and the stream's number. */
    @Structure.FieldOrder({"device", "id"})
    public static final class CudaStream extends Structure
            implements Structure.ByValue { // public, as its fields, for JNA
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
        Function pool = streams.getFunction("_ZN3c104cuda17getStreamFromPoolEba");
        return (CudaStream) pool.invoke(CudaStream.class, new Object[] {(byte) 0, (byte) -1});
    }

    /** Waits until the device has done all that it was told. */
    void synchronize() {
        synchronize.invokeVoid(new Object[0]);
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

    /** Ends a recording that {@link #isSound}. */
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
        int failure = call("cudaStreamIsCapturing", raw(stream), status);
        return failure == 0 && status.getValue() == CAPTURING;
    }

    /** Ends a recording that is not sound, and forgets the failure, which CUDA would report to whoever calls it next. */
    void breakOff(CudaStream stream) {
        call("cudaStreamEndCapture", raw(stream), new PointerByReference());
        call("cudaGetLastError");
    }

    private int call(String function, Object... arguments) {
        return runtime.getFunction(function).invokeInt(arguments);
    }

    private Pointer raw(CudaStream stream) {
        Memory place = new Memory(2 * Long.BYTES);
        place.setLong(0, stream.device);
        place.setLong(Long.BYTES, stream.id);
        return raw.invokePointer(new Object[] {place});
    }
}
