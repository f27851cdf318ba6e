package org.scorebook.service;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scorebook.aten.Torch;
import org.scorebook.folder.ModelSource;
import org.scorebook.plot.ImageGrid;
import org.scorebook.plot.Picture;
import org.scorebook.recipe.Drawing;
import org.scorebook.recipe.SamplingPlan;
import org.scorebook.recipe.TrainedModel;

/**
 * How long {@code GET /health} takes while pictures are drawn, and how long a picture of 16 images by 20 steps of DDIM takes
 * through HTTP beside the library's own drawing, in pairs. Takes two minutes on a quiet machine:
 * {@code mvn test -Dtest=ServiceFigures}.
 */
class ServiceFigures {
    private static final int IMAGES = 16;
    private static final int PAIRS = 15;
    private static final int LOOKS = 2000;
    private static final String PICTURE = "{\"num_samples\": 16, \"steps\": 20, \"sampler\": \"ddim\", \"seed\": 1}";

    @TempDir
    private Path folder;

    @Test
    void healthWhileGenerating() throws Exception {
        try (RunningService service = RunningService.start(folder)) {
            Client client = service.client();
            client.post("/generate_image", PICTURE).with(200);
            AtomicBoolean enough = new AtomicBoolean();
            Thread crowd = new Thread(() -> {
                while (!enough.get()) {
                    client.later("/generate_image", PICTURE).join();
                }
            });
            crowd.start();
            double[] millis = new double[LOOKS];
            for (int i = 0; i < LOOKS; i++) {
                long start = System.nanoTime();
                client.get("/health").with(200);
                millis[i] = (System.nanoTime() - start) / 1e6;
                Thread.sleep(5);
            }
            enough.set(true);
            crowd.join();
            Arrays.sort(millis);
            double p99 = millis[LOOKS * 99 / 100];
            System.out.printf(
                    Locale.ROOT,
                    "/health while generating: median %.2f ms, p99 %.2f ms, longest %.2f ms%n",
                    millis[LOOKS / 2],
                    p99,
                    millis[LOOKS - 1]);
            assertTrue(p99 < 50, "p99 in ms: " + p99);
        }
    }

    @Test
    void drawingThroughHttpAndByTheLibrary() throws Exception {
        try (RunningService service = RunningService.start(folder);
                NDManager manager = Torch.manager(1);
                TrainedModel model = new ModelSource.Shipped("fashion-mnist").load(manager, remark -> {})) {
            for (int batch : new int[] {4, IMAGES}) {
                compare(service.client(), new Drawing(model, plan(model), batch), manager);
            }
        }
    }

    private static SamplingPlan plan(TrainedModel model) {
        double guidance = SamplingPlan.of(model.recipe().config()).guidanceScale();
        return new SamplingPlan("ddim", 20, guidance, 1);
    }

    /** Each after the other, who is first in turn. */
    private static void compare(Client client, Drawing drawing, NDManager manager) throws Exception {
        double[] ratios = new double[PAIRS];
        double[] library = new double[PAIRS];
        for (int i = -2; i < PAIRS; i++) { // two to warm up
            double first = i % 2 == 0 ? http(client) : library(drawing, manager);
            double second = i % 2 == 0 ? library(drawing, manager) : http(client);
            if (i >= 0) {
                library[i] = i % 2 == 0 ? second : first;
                ratios[i] = (i % 2 == 0 ? first : second) / library[i];
            }
        }
        Arrays.sort(ratios);
        Arrays.sort(library);
        System.out.printf(
                Locale.ROOT,
                "16 images, 20 steps: library in batches of %d %.3f s; HTTP / library: median %.3f, from %.3f to %.3f%n",
                drawing.batchSize(),
                library[PAIRS / 2],
                ratios[PAIRS / 2],
                ratios[0],
                ratios[PAIRS - 1]);
    }

    private static double http(Client client) throws Exception {
        long start = System.nanoTime();
        client.post("/generate_image", PICTURE).with(200);
        return (System.nanoTime() - start) / 1e9;
    }

    /** To a PNG, as the service does. */
    private static double library(Drawing drawing, NDManager manager) throws Exception {
        int[] labels = IntStream.range(0, IMAGES).map(i -> i % 10).toArray();
        long start = System.nanoTime();
        try (NDManager arrays = manager.newSubManager()) {
            List<BufferedImage> images = new ArrayList<>();
            drawing.run(
                    arrays, labels, (what, done, of) -> {}, (first, some) -> images.addAll(ImageGrid.pictures(some)));
            Picture.png(ImageGrid.of(images, 4, 2));
        }
        return (System.nanoTime() - start) / 1e9;
    }
}
