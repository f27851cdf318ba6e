package org.scorebook.submission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StudentNameTest {
    @ParameterizedTest
    @CsvSource({
        "Ada Lovelace, submission-Ada-Lovelace",
        "Ünïcödé Straße, submission-Unicode-Strasse",
        "Łukasz Søren Æsop, submission-Lukasz-Soren-Aesop",
        "../../etc/passwd, submission-etc-passwd",
        "C:\\Users\\ada, submission-C-Users-ada",
        "-rf, submission-rf",
        "CON, submission-CON"
    })
    void becomesAFileOfLettersAndDashes(String name, String file) {
        assertEquals(file, new StudentName("  " + name + " ").ofFile());
    }

    @ParameterizedTest
    @ValueSource(strings = {"李小龙", "..", "/", "😀"})
    void aNameOfOtherLettersGetsDigitsOfItsOwn(String name) {
        assertTrue(new StudentName(name).ofFile().matches("submission-[0-9a-f]{8}"), new StudentName(name).ofFile());
        assertNotEquals(new StudentName(name).ofFile(), new StudentName(name + "孔").ofFile());
    }

    @Test
    void aLongNameIsCutInTheFileOnly() {
        StudentName name = new StudentName("é".repeat(200));
        assertEquals("submission-" + "e".repeat(80), name.ofFile());
        assertEquals(200, name.text().length());
        assertThrows(IllegalArgumentException.class, () -> new StudentName("a".repeat(201)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \t", "Ada\nLovelace", "Ada\u001b[2J", "Ada\u202Eecalevol", "Ada\u2028Lovelace"})
    void whatIsNoNameIsRefused(String name) {
        String message = assertThrows(IllegalArgumentException.class, () -> new StudentName(name))
                .getMessage();
        assertTrue(message.startsWith("--name must be "), message);
    }
}
