package org.scorebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.awt.image.BufferedImage;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.XYChart;
import org.scorebook.aten.Torch;
import org.scorebook.config.RunConfig;
import org.scorebook.data.ImageOptions;
import org.scorebook.data.ImageSet;
import org.scorebook.data.Splits;
import org.scorebook.folder.RunState;
import org.scorebook.metric.Distance;
import org.scorebook.metric.FeatureStatistics;
import org.scorebook.metric.PixelScale;
import org.scorebook.metric.TorchScriptFeatures;
import org.scorebook.model.Activation;
import org.scorebook.model.Classifier;
import org.scorebook.model.EnergyMlp;
import org.scorebook.model.EnergyShape;
import org.scorebook.model.Mlp;
import org.scorebook.model.Network;
import org.scorebook.model.NeuralEnergy;
import org.scorebook.model.NeuralField;
import org.scorebook.model.UNetShape;
import org.scorebook.optim.AdamW;
import org.scorebook.plot.Axis;
import org.scorebook.plot.Charts;
import org.scorebook.plot.Plane;
import org.scorebook.process.ConstantBetas;
import org.scorebook.process.ContinuousSchedule;
import org.scorebook.process.DiscreteSchedule;
import org.scorebook.process.NoiseSchedule;
import org.scorebook.process.TimeGrid;
import org.scorebook.process.VpSchedule;
import org.scorebook.recipe.SamplingPlan;
import org.scorebook.recipe.Shard;
import org.scorebook.sample.Ddpm;
import org.scorebook.sample.Langevin;
import org.scorebook.sample.Leapfrog;
import org.scorebook.sample.Sampler;
import org.scorebook.score.Denoiser;
import org.scorebook.score.FieldDenoiser;
import org.scorebook.score.Parameterization;
import org.scorebook.score.VectorField;
import org.scorebook.submission.Objection;
import org.scorebook.submission.StudentName;
import org.scorebook.submission.SubmissionSettings;
import org.scorebook.sweep.Combination;
import org.scorebook.sweep.Sweep;
import org.scorebook.sweep.SweepFigure;
import org.scorebook.sweep.SweepFolder;
import org.scorebook.toy.GaussianMixture;
import org.scorebook.train.Batches;
import org.scorebook.train.ReplayBuffer;
import org.scorebook.train.StabilityWatch;
import org.scorebook.train.TrainingState;

/**
 * Each argument of each public constructor and factory that a notebook may call, null in its turn: the call fails at once,
 * and its message has the argument's name and is not Java's own.
 */
class NullArgumentsTest {
    private static final String[] ROOMS = {
        "process",
        "score",
        "sample",
        "metric",
        "model",
        "train",
        "aten",
        "capture",
        "optim",
        "config",
        "course",
        "data",
        "feed",
        "evaluate",
        "handout",
        "inspect",
        "machine",
        "plot",
        "recipe",
        "run",
        "submission",
        "folder",
        "slurm",
        "toy",
        "view"
    };

    /**
     * Public for other rooms only, no user's: helpers, and records that a file is read into, whose messages have its names. And
     * functions of arrays of certain shapes, which BadArraysTest goes through.
     */
    private static final Set<String> INTERNAL = Set.of(
            "ArrayChecks",
            "Autograd",
            "Choice",
            "Convolution",
            "BatchJob",
            "BatchScript",
            "DeviceQueue",
            "EnergyGap",
            "Extension",
            "FeatureCache",
            "FixedLoss",
            "FolderLayout",
            "Functional",
            "InParallel",
            "LossHistory",
            "NativeProgram",
            "NonFinite",
            "OneCall",
            "PictureFile",
            "ProcessMark",
            "QueuedJob",
            "Recorded",
            "RunProcess",
            "RunText",
            "Runs",
            "Shipped",
            "Slurm",
            "SlurmQueue",
            "SpectralNorm",
            "Status",
            "StopSignal");

    /** Where null has a meaning. */
    private static final Set<String> NULLABLE = Set.of(
            "ClassLabels.parse(classes)",
            "ImageSets.load(folder)",
            "SubmissionSettings.org.scorebook.submission.SubmissionSettings(keep)");

    @TempDir
    Path folder;

    private final Map<Class<?>, Object> values = new HashMap<>();
    private final List<String> unnamed = new ArrayList<>();
    private int tried;

    @Test
    void nullIsNamedAtOnce() {
        try (NDManager manager = Torch.manager(1)) {
            fill(manager);
            String[] packages =
                    Stream.of(ROOMS).map(room -> "org.scorebook." + room).toArray(String[]::new);
            for (JavaClass found : new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages(packages)) {
                examine(found.reflect());
            }
        }
        assertTrue(tried > 350, tried + " arguments were tried");
        assertEquals("", unnamed.stream().sorted().collect(Collectors.joining("\n")));
    }

    private void fill(NDManager manager) {
        DiscreteSchedule schedule = new DiscreteSchedule(new ConstantBetas(9, 0.1));
        NeuralField field = new NeuralField(Mlp.ofPoints(Activation.SILU, 2, 2), manager, new Shape(2));
        values.put(NDManager.class, manager);
        values.put(NDArray.class, manager.zeros(new Shape(4, 2)));
        values.put(Shard.class, Shard.WHOLE);
        values.put(Sweep.class, Sweep.of(RunConfig.defaults()));
        values.put(SweepFigure.class, SweepFigure.FID);
        values.put(SweepFolder.class, new SweepFolder(folder));
        values.put(Combination.class, new Combination(Map.of()));
        values.put(Shape.class, new Shape(2));
        values.put(DataType.class, DataType.FLOAT32);
        values.put(Device.class, Device.cpu());
        values.put(Block.class, Mlp.ofPoints(Activation.SILU, 2, 2));
        values.put(Activation.class, Activation.SILU);
        values.put(NeuralField.class, field);
        values.put(Network.class, field);
        values.put(NeuralEnergy.class, new NeuralEnergy(new EnergyMlp(Activation.SILU, 2, 2), manager, new Shape(2)));
        values.put(Classifier.class, new Classifier(manager, 1, 2));
        values.put(UNetShape.class, UNetShape.of(1, 8, 8, 1));
        values.put(EnergyShape.class, EnergyShape.of(1, 4, 2));
        values.put(AdamW.class, new AdamW(manager, field.parameters(), 0, 1));
        values.put(NoiseSchedule.class, new VpSchedule());
        values.put(ContinuousSchedule.class, new VpSchedule());
        values.put(VpSchedule.class, new VpSchedule());
        values.put(DiscreteSchedule.class, schedule);
        values.put(TimeGrid.class, TimeGrid.of(0, 1));
        values.put(Parameterization.class, Parameterization.NOISE);
        VectorField identity = (x, t) -> x;
        values.put(Object.class, identity);
        values.put(Denoiser.class, new FieldDenoiser(identity, Parameterization.NOISE, new VpSchedule()));
        values.put(Sampler.class, new Langevin(0.1));
        values.put(Ddpm.Variance.class, Ddpm.Variance.SMALL);
        values.put(
                Leapfrog.State.class,
                new Leapfrog.State(manager.zeros(new Shape(4, 2)), manager.zeros(new Shape(4, 2))));
        SplittableRandom random = new SplittableRandom(1);
        values.put(RandomGenerator.class, random);
        values.put(Batches.class, ReplayBuffer.uniform(new Shape(2), 0, 1));
        values.put(
                ReplayBuffer.class,
                new ReplayBuffer(manager, new Shape(2), 2, 0, ReplayBuffer.uniform(new Shape(2), 0, 1), random));
        values.put(TrainingState.Mean.class, new TrainingState.Mean(1, 1));
        values.put(StabilityWatch.Limits.class, StabilityWatch.Limits.standard());
        values.put(Distance.class, new Distance(1, 1, 1));
        values.put(FeatureStatistics.class, FeatureStatistics.of(manager.zeros(new Shape(4, 2))));
        values.put(TorchScriptFeatures.Input.class, TorchScriptFeatures.Input.NVIDIA_INCEPTION);
        values.put(PixelScale.class, PixelScale.BYTES);
        values.put(Path.class, folder.resolve("nowhere"));
        values.put(byte[].class, new byte[] {1});
        values.put(String.class, "name");
        ImageSet images = new ImageSet("set", new byte[40], 1, 2, 2, new int[10], List.of("class"));
        values.put(ImageSet.class, images);
        values.put(Splits.class, new Splits(images, images, images));
        values.put(ImageOptions.class, ImageOptions.ALL);
        values.put(Axis.class, new Axis("x", 0, 1));
        values.put(Plane.class, new Plane("plane", new Axis("x", 0, 1), new Axis("y", 0, 1)));
        values.put(BufferedImage.class, new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB));
        values.put(XYChart.class, Charts.xy("chart", "x", "y"));
        values.put(GaussianMixture.class, GaussianMixture.ring(8, 4, 0.2));
        values.put(RunConfig.class, RunConfig.defaults());
        values.put(SamplingPlan.class, SamplingPlan.of(RunConfig.defaults()));
        values.put(RunState.class, RunState.QUEUED);
        values.put(Objection.Kind.class, Objection.Kind.SIZE);
        values.put(Instant.class, Instant.EPOCH);
        values.put(Map.class, Map.of());
        values.put(Set.class, Set.of());
        StudentName name = new StudentName("name");
        values.put(StudentName.class, name);
        values.put(
                SubmissionSettings.class,
                new SubmissionSettings(name, List.of(), false, "quick", 1, 1, Set.of(), null));
        values.put(Integer[].class, new Integer[] {1});
        values.put(int[].class, new int[] {2});
        values.put(double[].class, new double[] {1});
        values.put(float[].class, new float[] {1});
        values.put(double[][].class, new double[][] {{1, 2}});
    }

    private void examine(Class<?> type) {
        if (INTERNAL.contains(type.getSimpleName())
                || !Modifier.isPublic(type.getModifiers())
                || (type.getEnclosingClass() != null
                        && !Modifier.isPublic(type.getEnclosingClass().getModifiers()))) {
            return;
        }
        if (!Modifier.isAbstract(type.getModifiers()) && type != RunConfig.class) { // which presets and with() make
            Stream.of(type.getConstructors()).forEach(this::examine);
        }
        Stream.of(type.getDeclaredMethods())
                .filter(m -> Modifier.isPublic(m.getModifiers()) && Modifier.isStatic(m.getModifiers()))
                .filter(m -> !m.isSynthetic() && !m.getName().equals("valueOf"))
                .forEach(this::examine);
    }

    private void examine(Executable call) {
        for (int i = 0; i < call.getParameterCount(); i++) {
            String name = call.getParameters()[i].getName();
            String place = call.getDeclaringClass().getSimpleName() + "." + call.getName() + "(" + name + ")";
            if (!call.getParameterTypes()[i].isPrimitive() && !NULLABLE.contains(place)) {
                tried++;
                List<String> messages = List.of(
                        failure(call, i, 0.1, 2),
                        failure(call, i, -0.1, 2),
                        failure(call, i, 0.1, 1),
                        failure(call, i, 0.1, 5));
                Pattern named = Pattern.compile("\\b" + name + "\\b");
                if (messages.stream()
                        .noneMatch(message ->
                                named.matcher(message).find() && !message.startsWith("Cannot "))) { // Java's own
                    unnamed.add(place + ": " + messages.get(0));
                }
            }
        }
    }

    /**
     * @param slope of the real numbers among the arguments, which have to rise for some calls and to fall for others
     * @param whole each whole number among them
     */
    private String failure(Executable call, int nullAt, double slope, int whole) {
        Class<?>[] types = call.getParameterTypes();
        Object[] arguments = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            arguments[i] =
                    i == nullAt ? null : value(call.getGenericParameterTypes()[i], types[i], 0.5 + slope * i, whole);
        }
        try {
            Object made = call instanceof Method method
                    ? method.invoke(null, arguments)
                    : ((Constructor<?>) call).newInstance(arguments);
            return "made " + made;
        } catch (InvocationTargetException e) {
            return String.valueOf(e.getCause().getMessage());
        } catch (ReflectiveOperationException | RuntimeException e) {
            return "not tried: " + e;
        }
    }

    /** Of a list, an entry of its own type. */
    private Object value(Type generic, Class<?> type, double number, int whole) {
        return generic instanceof ParameterizedType list
                        && type == List.class
                        && list.getActualTypeArguments()[0] instanceof Class<?> entry
                ? Collections.singletonList(value(entry, number, whole))
                : value(type, number, whole);
    }

    private Object value(Class<?> type, double number, int whole) {
        if (type == int.class) {
            return whole;
        }
        if (type == long.class) {
            return (long) whole;
        }
        if (type == double.class) {
            return number;
        }
        if (type == float.class) {
            return (float) number;
        }
        if (type == Integer.class) {
            return whole;
        }
        if (type == boolean.class) {
            return false;
        }
        if (!values.containsKey(type) && type.isInterface()) {
            return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, all) -> {
                Class<?> result = method.getReturnType();
                return result.isPrimitive() && result != void.class ? value(result, 0.5, 1) : null;
            });
        }
        return values.get(type);
    }
}
