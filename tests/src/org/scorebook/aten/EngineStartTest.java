package org.scorebook.aten;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.scorebook.metric.ScriptModule;

/** Engines that start in processes of their own, as oneDNN and OpenMP themselves report what they were told. */
@EnabledOnOs(OS.LINUX)
class EngineStartTest {
    private static final String LIMITED = "cpu,isa:Intel SSE4.1";
    private static final String LAST = "src:f32::blocked:acdb:";

    @TempDir
    private Path folder;

    private Map<String, String> environment(String... more) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "XDG_CACHE_HOME", folder.toString(),
                "ONEDNN_VERBOSE", "1",
                "OMP_DISPLAY_ENV", "verbose",
                "GOMP_SPINCOUNT", "",
                "ONEDNN_MAX_CPU_ISA", "",
                "DNNL_MAX_CPU_ISA", ""));
        for (int i = 0; i < more.length; i += 2) {
            environment.put(more[i], more[i + 1]);
        }
        return environment;
    }

    /** Convolves once, and tells what the start has found. */
    static final class Convolves {
        private Convolves() {}

        /** @param args none */
        public static void main(String[] args) {
            try (NDManager manager = Torch.manager(0)) {
                NDArray x = manager.ones(new Shape(2, 16, 4, 4));
                NDArray weight = manager.ones(new Shape(16, 16, 3, 3));
                NDArray y = Convolution.conv2d(x, weight, manager.zeros(new Shape(16)), 1, 1);
                System.out.println("\nsum " + y.sum().getFloat() + "\nstate " + EngineStart.state());
            }
        }
    }

    /** A large convolution, twice; with an argument, where such ones are wrong with the channels last. */
    static final class Large {
        private Large() {}

        /** @param args if any, a fault is put in */
        public static void main(String[] args) {
            ChannelsLast.use(() -> {
                System.out.println("\nlooks");
                return new ConvolutionCheck((x, w, b, stride, padding) -> {
                            NDArray y = Convolution.last2d(x, w, b, stride, padding);
                            return args.length > 0 && x.getDataType() == DataType.FLOAT32 ? y.add(y) : y;
                        })
                        .fault(ConvolutionCheck.LAST);
            });
            Convolves.main(args);
            try (NDManager manager = Torch.manager(0)) {
                NDArray x = manager.ones(new Shape(17, 256, 8, 8)); // with one thread PyTorch asks oneDNN from 17 on
                NDArray weight = manager.ones(new Shape(256, 256, 3, 3));
                for (int i = 0; i < 2; i++) {
                    NDArray y = Convolution.conv2d(x, weight, manager.zeros(new Shape(256)), 1, 1);
                    System.out.println("\nlarge " + y.get(0).sum().getFloat());
                }
            }
        }
    }

    /** Calls DJL first, as programs do that know nothing of Scorebook's start. */
    static final class Plain {
        private Plain() {}

        /** @param args none */
        public static void main(String[] args) {
            try (NDManager manager = NDManager.newBaseManager()) {
                System.out.println("\nones " + manager.ones(new Shape(3)).sum().getFloat());
            }
        }
    }

    /** Multiplies two matrices. */
    static final class Multiplies {
        private Multiplies() {}

        /** @param args none */
        public static void main(String[] args) {
            try (NDManager manager = NDManager.newBaseManager()) {
                NDArray x = manager.ones(new Shape(64, 64));
                System.out.println("\nproduct " + x.matMul(x).sum().getFloat());
            }
        }
    }

    /** Starts with a check that finds oneDNN wrong; or, with an argument, everything. */
    static final class Faulty {
        private Faulty() {}

        /** @param args if any, oneDNN is not all that is wrong */
        public static void main(String[] args) {
            boolean always = args.length > 0;
            AtomicInteger asked = new AtomicInteger();
            ConvolutionCheck check = new ConvolutionCheck((x, w, b, stride, padding) -> {
                NDArray y = Convolution.conv2d(x, w, b, stride, padding);
                boolean wrong = asked.getAndIncrement() == 0 || always && x.getDataType() == DataType.FLOAT32;
                return wrong ? y.add(y) : y;
            });
            EngineStart.use(check, new ConvolutionCheck(Convolution::plain2d));
            Convolves.main(args);
        }
    }

    /** Starts where oneDNN leaves blocks open, then evaluates a network of somebody else's, and one of ours. */
    static final class Open {
        private Open() {}

        /** @param args file of the network */
        public static void main(String[] args) throws Exception {
            EngineStart.use(
                    new ConvolutionCheck(Convolution::conv2d), new ConvolutionCheck((x, w, b, stride, padding) -> {
                        NDArray y = Convolution.plain2d(x, w, b, stride, padding);
                        return x.getDataType() == DataType.FLOAT32 ? y.add(y) : y;
                    }));
            try (NDManager manager = Torch.manager(0);
                    ScriptModule theirs = ScriptModule.load(Path.of(args[0]), Device.cpu())) {
                System.out.println("\ntheirs");
                NDArray x = manager.ones(new Shape(2, 3, 4, 4));
                System.out.println("\nsum " + theirs.forward(x).sum().getFloat());
            }
            Convolves.main(args);
        }
    }

    @Test
    void otherPeoplesNetworksDoWithoutOneDnnWhereItLeavesBlocksOpen() throws Exception {
        Path file = ScriptFile.write(folder, "Theirs", """
                def forward(self, x: Tensor) -> Tensor:
                  return torch.conv2d(x, torch.ones([5, 3, 3, 3]), None, [1, 1], [1, 1], [1, 1], 1)
                """);
        Child.Ended child = Child.run(folder, environment(), Open.class, file.toString());
        assertEquals(0, child.exit(), child.output());
        String[] parts = child.output().split("\ntheirs\n|\nsum 3000.0\n");
        assertEquals(3, parts.length, child.output());
        assertTrue(parts[0].contains("exec,cpu,convolution"), "the check uses oneDNN");
        assertFalse(parts[1].contains("exec,cpu,convolution"), parts[1]);
        assertTrue(parts[2].contains("exec,cpu,convolution"), parts[2]);
        assertTrue(parts[2].contains("fillsBlocks=false"), parts[2]);
    }

    @Test
    void aSoundProcessorIsNotLimited() throws Exception {
        Child.Ended child = Child.run(folder, environment(), Convolves.class);
        assertEquals(0, child.exit(), child.output());
        assertFalse(child.output().contains(LIMITED), child.output());
        assertFalse(child.output().contains("scorebook:"), child.output());
        assertTrue(child.output().contains("fault=Optional.empty, limit=Optional.empty, fillsBlocks="), child.output());
        assertEquals(0, remembered());
    }

    /** 2 images of 16 channels, each pixel the sum of 16 channels at 100 places within the image. */
    @Test
    void aFaultSwitchesOneDnnOffAndLimitsTheNextProcess() throws Exception {
        Child.Ended first = Child.run(folder, environment(), Faulty.class);
        assertEquals(0, first.exit(), first.output());
        assertEquals(1, first.output().split("is wrong on this processor", -1).length - 1, first.output());
        assertTrue(first.output().contains("from the next process on it is limited to SSE41"), first.output());
        assertTrue(first.output().contains("\nsum 51200.0\n"), first.output());
        String afterTheCheck = first.output().substring(first.output().indexOf("scorebook: oneDNN"));
        assertFalse(afterTheCheck.contains("exec,cpu,convolution"), afterTheCheck);
        assertEquals(1, remembered());

        Child.Ended second = Child.run(folder, environment(), Convolves.class);
        assertEquals(0, second.exit(), second.output());
        assertTrue(second.output().contains(LIMITED), second.output());
        assertTrue(second.output().contains("exec,cpu,convolution"), second.output());
        assertTrue(second.output().contains("but for its SSE41 instructions"), second.output());
        assertTrue(second.output().contains("\nsum 51200.0\n"), second.output());
    }

    /** 256 channels of 8 x 8, each pixel the sum of 256 channels at 484 places; oneDNN tells the order of its arguments. */
    @Test
    void channelsComeLastOnlyWhereThatIsRight() throws Exception {
        assumeTrue(EngineVariables.hasAvx512());
        assertTrue(secondLargeOne(Child.run(folder, environment(), Large.class)).contains(LAST));
        Child.Ended faulty = Child.run(folder, environment(), Large.class, "fault");
        assertEquals(1, faulty.output().split(" where the channels of an image come last in memory: ", -1).length - 1);
        String second = secondLargeOne(faulty);
        assertTrue(second.contains("exec,cpu,convolution") && !second.contains(LAST), second);
    }

    /** What oneDNN says of it; the check is made once, before the first. */
    private static String secondLargeOne(Child.Ended child) {
        String[] parts = child.output().split("\nlooks\n|\nlarge 3.1719424E7\n");
        assertTrue(child.exit() == 0 && parts.length >= 3, child.output());
        assertTrue(parts[0].contains("\nsum 51200.0\n"), parts[0]);
        assertTrue(parts[1].contains(LAST), parts[1]);
        return parts[2];
    }

    /** Nothing better follows then, and nothing is promised. */
    @Test
    void aFaultInALimitedProcessSwitchesOneDnnOffToo() throws Exception {
        assertEquals(0, Child.run(folder, environment(), Faulty.class).exit());
        Child.Ended child = Child.run(folder, environment(), Faulty.class);
        assertEquals(0, child.exit(), child.output());
        assertTrue(child.output().contains(LIMITED), child.output());
        assertTrue(child.output().contains("This process does without"), child.output());
        assertFalse(child.output().contains("from the next process on"), child.output());
        assertTrue(child.output().contains("\nsum 51200.0\n"), child.output());
    }

    @Test
    void theUsersChoiceOfInstructionsStands() throws Exception {
        assertEquals(0, Child.run(folder, environment(), Faulty.class).exit());
        Child.Ended child = Child.run(folder, environment("DNNL_MAX_CPU_ISA", "AVX2"), Convolves.class);
        assertTrue(child.output().contains("cpu,isa:Intel AVX2"), child.output());
        assertFalse(child.output().contains("scorebook:"), child.output());
    }

    @Test
    void nothingIsComputedWhereNothingIsRight() throws Exception {
        Child.Ended child = Child.run(folder, environment(), Faulty.class, "all");
        assertEquals(1, child.exit(), child.output());
        assertTrue(child.output().contains("nothing that is trained or drawn here could be trusted"), child.output());
        assertFalse(child.output().contains("\nsum "), child.output());
    }

    @Test
    void aProgramThatCallsDjlFirstIsFastToo() throws Exception {
        Child.Ended child = Child.run(folder, environment(), Plain.class);
        assertTrue(child.output().contains("\nones 3.0\n"), child.output());
        assertTrue(child.output().contains("GOMP_SPINCOUNT = '1000'"), child.output());
        Child.Ended chosen = Child.run(folder, environment("GOMP_SPINCOUNT", "77"), Plain.class);
        assertTrue(chosen.output().contains("GOMP_SPINCOUNT = '77'"), chosen.output());
    }

    /** The same seed gives the same bytes; MKL says in each line of its report what it was told. */
    @Test
    @EnabledOnOs(architectures = "amd64")
    void sumsOfMatrixProductsRepeat() throws Exception {
        Map<String, String> environment = environment("MKL_VERBOSE", "1", "MKL_CBWR", "", "MKL_DYNAMIC", "");
        Child.Ended child = Child.run(folder, environment, Multiplies.class);
        assertEquals(0, child.exit(), child.output());
        String product = child.output()
                .lines()
                .filter(line -> line.contains("MKL_VERBOSE SGEMM"))
                .findFirst()
                .orElseThrow();
        assertTrue(product.contains("CNR:AUTO Dyn:0"), product);
    }

    /** The switch as PyTorch itself reads it. */
    @Test
    void nnpackWhichWarnsOnTheProcessOwnStderrIsOff() {
        Torch.onCpu().close();
        NativeLibrary torch = NativeLibrary.getInstance(
                Path.of(LibUtils.getLibtorchPath(), "libtorch_cpu.so").toString());
        Pointer context = torch.getFunction("_ZN2at13globalContextEv").invokePointer(new Object[0]);
        Function isOn = torch.getFunction("_ZNK2at7Context17userEnabledNNPACKEv");
        assertEquals(0, isOn.invokeInt(new Object[] {context}) & 1);
        assertTrue(NativeCalls.enableNnpack(true));
        assertEquals(1, isOn.invokeInt(new Object[] {context}) & 1);
        assertTrue(NativeCalls.enableNnpack(false));
    }

    private long remembered() throws Exception {
        Path verdicts = folder.resolve("scorebook").resolve("instructions");
        if (!Files.isDirectory(verdicts)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(verdicts)) {
            return files.count();
        }
    }
}
