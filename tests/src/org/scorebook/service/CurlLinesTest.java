package org.scorebook.service;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of curl that were written for other servers of such models, two of them, are answered as these answer. */
@Timeout(150)
class CurlLinesTest {
    /** Sixteen images of 28 x 28, with a scale of 2 and a line between them, are more than this. */
    private static final int SIDE = 4 * 28 * 2;

    @TempDir
    private static Path folder;

    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        service = RunningService.start(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
    }

    private static Answer curl(String line) throws Exception {
        return Curl.run(line, service.client().port()).with(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"""
                curl -X POST http://localhost:8000/generate-diffusion \\
                  -H "Content-Type: application/json" \\
                  -d '{"num_samples": 16, "seed": 42}'""", """
                curl -X POST http://localhost:8000/generate-energy \\
                  -H "Content-Type: application/json" \\
                  -d '{"num_samples": 16, "langevin_steps": 60}'"""})
    void aGridInBase64(String line) throws Exception {
        JsonObject answer = curl(line).json();
        byte[] png = Base64.getDecoder().decode(answer.get("image_base64").getAsString());
        assertGrid(Answer.png(png));
        assertEquals(16, answer.get("num_samples").getAsInt());
        assertTrue(answer.get("message").getAsString().endsWith("samples generated."));
        assertEquals(
                line.contains("energy") ? 60 : 42,
                answer.get(line.contains("energy") ? "steps" : "seed").getAsInt());
        assertArrayEquals(
                png,
                service.client().get(answer.get("url").getAsString()).with(200).body());
    }

    private static void assertGrid(BufferedImage image) {
        assertTrue(image.getWidth() >= SIDE && image.getHeight() >= SIDE, image.toString());
    }

    @ParameterizedTest
    @CsvSource({"diffusion, unet", "energy, energy"})
    void whatAModelIs(String type, String network) throws Exception {
        JsonObject info =
                curl("curl http://localhost:8000/" + type + "-model-info").json();
        assertEquals(type, info.get("model_type").getAsString());
        assertTrue(info.get("parameters").getAsLong() > 10_000);
        assertEquals(
                network, info.getAsJsonObject("architecture").get("network").getAsString());
        assertEquals(network, info.getAsJsonObject("configuration").get("model").getAsString());
        assertTrue(info.getAsJsonObject("sampling").get("steps").getAsInt() > 0);
    }

    @Test
    void theInteractivePage() throws Exception {
        assertTrue(
                curl("curl http://localhost:8000/docs").header("Content-Type").startsWith("text/html"));
    }

    @Test
    void health() throws Exception {
        JsonObject health = curl("curl http://127.0.0.1:8000/health").json();
        assertEquals("ok", health.get("status").getAsString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"diffusion", "energy"})
    void aPictureBelowOutputs(String type) throws Exception {
        JsonObject answer = curl("curl -X POST \"http://127.0.0.1:8000/generate\" \\\n"
                        + "-H \"Content-Type: application/json\" \\\n"
                        + "-d '{\"model_type\": \"" + type + "\", \"num_samples\": 16}'")
                .json();
        String message = (type.equals("energy") ? "Energy" : "Diffusion") + " samples generated.";
        assertEquals(message, answer.get("message").getAsString());
        String path = answer.get("image_path").getAsString();
        assertTrue(path.matches("outputs/[a-z0-9-]+\\.png"), path);
        assertGrid(Answer.png(Files.readAllBytes(folder.resolve(path))));
        assertGrid(curl("curl http://127.0.0.1:8000/" + path).png());
    }

    @ParameterizedTest
    @ValueSource(strings = {"diffusion", "energy"})
    void aPictureItself(String type) throws Exception {
        Answer answer = curl("curl -o " + type + ".png -X POST \"http://127.0.0.1:8000/generate_image\" \\\n"
                + "-H \"Content-Type: application/json\" \\\n"
                + "-d '{\"model_type\": \"" + type + "\", \"num_samples\": 16}'");
        assertGrid(answer.png());
        Path kept = folder.resolve(answer.header("Content-Location").substring(1));
        assertArrayEquals(Files.readAllBytes(kept), answer.body());
    }
}
