package org.scorebook.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The description of the service, as another program reads it. */
@Timeout(100)
class OpenApiTest {
    @TempDir
    private Path folder;

    private static OpenAPI read(RunningService service) throws Exception {
        String text = service.client().get("/openapi").with(200).text();
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        SwaggerParseResult result = new OpenAPIV3Parser().readContents(text, null, options);
        assertEquals(List.of(), result.getMessages());
        return result.getOpenAPI();
    }

    @Test
    void theDescriptionIsOneAndSaysWhatThereIs() throws Exception {
        try (RunningService service = RunningService.start(folder)) {
            OpenAPI document = read(service);
            assertEquals("3.1.0", document.getOpenapi());
            for (String post :
                    List.of("/train", "/generate", "/generate_image", "/generate-diffusion", "/generate-energy")) {
                Operation operation = document.getPaths().get(post).getPost();
                assertTrue(operation.getResponses().size() >= 2, post);
                assertTrue(body(operation).getProperties().size() > 3, post);
            }
            Schema<?> samples = body(document.getPaths()
                            .get("/generate-diffusion")
                            .getPost())
                    .getProperties()
                    .get("num_samples");
            assertEquals(64, samples.getMaximum().intValue());
            assertEquals(16, ((Number) samples.getDefault()).intValue());
            assertGetsAreThere(document, service.client());
        }
    }

    private static Schema<?> body(Operation operation) {
        return operation.getRequestBody().getContent().get("application/json").getSchema();
    }

    private static void assertGetsAreThere(OpenAPI document, Client client) throws Exception {
        client.awaitReady();
        for (String path : document.getPaths().keySet()) {
            Operation get = document.getPaths().get(path).getGet();
            if (get != null && !path.contains("{")) {
                String type = client.get(path).with(200).header("Content-Type");
                assertTrue(
                        path.startsWith("/docs")
                                || path.equals("/")
                                || path.equals("/openapi")
                                || get.getResponses().get("200").getContent().containsKey(type.replaceFirst(";.*", "")),
                        path + " is " + type);
            }
        }
    }

    @Test
    void aTokenIsPartOfIt() throws Exception {
        try (RunningService service = RunningService.start(folder, "127.0.0.1", "secret")) {
            OpenAPI document = read(service);
            assertEquals(
                    "bearer",
                    document.getComponents().getSecuritySchemes().get("token").getScheme());
            assertEquals(
                    1, document.getPaths().get("/train").getPost().getSecurity().size());
            assertEquals(null, document.getPaths().get("/health").getGet().getSecurity());
        }
    }
}
