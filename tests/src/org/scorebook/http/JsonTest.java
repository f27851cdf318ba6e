package org.scorebook.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private record Sent(String imagePath, double seconds, List<Double> losses, Instant created) {}

    @Test
    void recordsHaveNamesWithUnderscores() {
        List<Double> losses = new ArrayList<>(Arrays.asList(1.0, 0.5, Double.NaN, Double.POSITIVE_INFINITY));
        assertEquals(
                "{\"image_path\":\"outputs/<a>.png\",\"seconds\":2,\"losses\":[1,0.5,null,null],"
                        + "\"created\":\"2026-01-01T00:00:00Z\"}",
                Json.text(new Sent("outputs/<a>.png", 2, losses, Instant.parse("2026-01-01T00:00:00Z"))));
    }

    @Test
    void anObjectIsRead() {
        assertEquals(
                "{\"a\":[1,{\"b\":null}],\"c\":1e400}",
                Json.object(" {\"a\":[1,{\"b\":null}], \"c\":1e400} ").toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "1",
                "{",
                "{\"a\":1}}",
                "{\"a\":1} x",
                "{a:1}",
                "{'a':1}",
                "{\"a\":NaN}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1,}",
                "// {}",
                "{\"a\":\"\n\"}"
            })
    void whatIsNoObjectIsRefused(String text) {
        assertThrows(JsonParseException.class, () -> Json.object(text));
    }
}
