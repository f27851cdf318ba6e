package org.scorebook.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scorebook.folder.RunDirectory;

class TrainTest {
    @TempDir
    private Path folder;

    /** In the terminal and in the log, before the first step. */
    @Test
    void whatWasDoneToThePicturesIsSaidOnce() throws IOException {
        Path pictures = folder.resolve("faces");
        for (int i = 0; i < 20; i++) {
            picture(pictures.resolve("cat/" + i + ".png"), i < 3 ? 12 : 8);
        }
        List<String> out = train(
                        "--data folder --image-size 8 --epochs 1 --base-channels 8 --multipliers 1 --attention-resolutions 1"
                                + " --batch-size 4 --max-batches-per-epoch 1 --log-interval 1 --sample-interval 0 --device cpu --data-dir",
                        pictures.toString())
                .lines()
                .toList();
        String remark = "3 of 20 pictures in " + pictures
                + " are not square: of each the middle square is taken, at 8 x 8 pixels.";
        assertEquals(remark, out.get(1));
        assertTrue(out.get(2).startsWith("step 1 of 1, "), out.get(2));
        RunDirectory run = RunDirectory.open(Path.of(out.get(0).replaceFirst("run .* in ", "")));
        assertEquals(
                1,
                run.logTail(100).stream()
                        .filter(line -> line.endsWith("Z " + remark))
                        .count());
    }

    /** Whose images are as large as they are. */
    @Test
    void imagesThatTheNetworkCannotTakeLeaveNoRun() {
        Path runs = folder.resolve("none");
        for (String data : List.of("emoji", "fashion-mnist", "mnist", "cifar-10", "folder --data-dir /tmp")) {
            String line = "train --multipliers 1,1,1,1,1,1,1,1 --save-dir " + runs + " --data " + data;
            Result result = Result.of(Main.commandLine(), line.split(" "));
            assertEquals(2, result.code(), result.err());
            assertTrue(result.err().contains("must be divisible by 128 for the model unet"), result.err());
            assertTrue(Files.notExists(runs) || runs.toFile().list().length == 0, data);
        }
    }

    @Test
    void aFolderOfRunsThatCannotBeIsRefused() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        for (Path runs : List.of(file, file.resolve("runs"))) {
            Result result = Result.of(Main.commandLine(), "train", "--save-dir", runs.toString());
            assertEquals(2, result.code());
            String problem = "save-dir must be where files can be written, but none can be made in " + runs;
            assertTrue(result.err().contains(problem), result.err());
        }
    }

    private String train(String options, String pictures) {
        List<String> all = new ArrayList<>(
                List.of("train", "--save-dir", folder.resolve("runs").toString()));
        all.addAll(List.of(options.split(" ")));
        all.add(pictures);
        Result result = Result.of(Main.commandLine(), all.toArray(String[]::new));
        assertEquals(0, result.code(), result.err());
        return result.out();
    }

    private static void picture(Path file, int width) throws IOException {
        Files.createDirectories(file.getParent());
        ImageIO.write(new BufferedImage(width, 8, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
    }
}
