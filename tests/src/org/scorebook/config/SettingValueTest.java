package org.scorebook.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values as they come from a command line, from JSON and from Java. */
class SettingValueTest {
    private static Object value(String key, Object raw) {
        return SettingValue.convert(RunSetting.find(key), raw);
    }

    @Test
    void valuesGetTheTypeOfTheirSetting() {
        for (Object three : new Object[] {3, 3L, 3.0, "3", " 3 ", "3.0", "3e0", new BigDecimal("3.000")}) {
            assertEquals(3, value("epochs", three));
            assertEquals(3L, value("seed", three));
            assertEquals(3.0, value("lr", three));
        }
        assertEquals(9_007_199_254_740_993L, value("seed", "9007199254740993"), "more digits than a double has");
        assertEquals(true, value("flip", "true"));
        assertEquals(false, value("flip", false));
    }

    @Test
    void listsAreWrittenInManyWays() {
        for (Object list : new Object[] {"1,2,4", "[1, 2, 4]", List.of(1, 2.0, "4")}) {
            assertEquals(List.of(1, 2, 4), value("multipliers", list));
        }
        assertEquals(List.of(), value("attention_resolutions", ""));
        assertEquals(List.of(), value("attention_resolutions", List.of()));
    }

    @Test
    void anOptionalTextMayBeAbsent() {
        assertNull(value("data_dir", null));
        assertNull(value("data_dir", " "));
        assertEquals("faces", value("data_dir", "faces"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "epochs | 2.5 | epochs must be a whole number, but is 2.5",
                "epochs | 2147483648 | epochs must be a whole number, but is 2147483648",
                "epochs | 0 | epochs must be at least 1, but is 0",
                "epochs | null | epochs must be a number, but is not set",
                "seed | 9223372036854775808 | seed must be a whole number, but is 9223372036854775808",
                "lr | NaN | lr must be a number, but is NaN",
                "lr | Infinity | lr must be a number, but is Infinity",
                "lr | 0 | lr must be above 0, but is 0",
                "ema_decay | 1 | ema_decay must be below 1, but is 1",
                "flip | yes | flip must be true or false, but is yes",
                "flip | null | flip must be true or false, but is not set",
                "multipliers | 1,x | multipliers must be whole numbers, such as 1,2,2, but is 1,x",
                "multipliers | 1,,2 | multipliers must be whole numbers, such as 1,2,2, but is 1,,2",
            })
    void wrongOnesAreTold(String key, String raw, String message) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> value(key, raw))
                        .getMessage());
    }

    @Test
    void aTextIsNoNumberAndOneOfItsChoices() {
        assertEquals("data_dir must be a text, but is 5", message("data_dir", 5));
        String unknown = message("lr_decay", "cosin");
        assertEquals("lr_decay must be one of constant, cosine, but is cosin; did you mean cosine?", unknown);
        assertEquals(
                "lr_decay must be one of constant, cosine, but is qqqqqqq", message("lr_decay", "qqqqqqq"), "no guess");
    }

    private static String message(String key, Object raw) {
        return assertThrows(IllegalArgumentException.class, () -> value(key, raw))
                .getMessage();
    }
}
