package org.scorebook.submission;

import java.text.Normalizer;
import java.util.Map;
import org.scorebook.base.Names;
import org.scorebook.base.Require;

/**
 * Who hands in.
 *
 * @param text as the student writes it, without spaces around it
 */
public record StudentName(String text) {
    private static final int LONGEST = 200;
    private static final int HASH_DIGITS = 8;

    /** Letters that Unicode does not take apart into one of ASCII and a mark. */
    private static final Map<String, String> LETTERS =
            Map.of("ß", "ss", "æ", "ae", "Æ", "Ae", "ø", "o", "Ø", "O", "ł", "l", "Ł", "L", "đ", "d", "ı", "i");

    /** @throws IllegalArgumentException for one that is empty, too long or of more than one line */
    public StudentName {
        text = Require.given("text", text).strip();
        if (text.isEmpty()) {
            throw new IllegalArgumentException("--name must be your name, but none is given");
        }
        if (text.codePointCount(0, text.length()) > LONGEST) {
            throw new IllegalArgumentException("--name must have at most " + LONGEST + " characters, but has "
                    + text.codePointCount(0, text.length()));
        }
        if (text.codePoints().anyMatch(StudentName::isNoCharacter)) {
            throw new IllegalArgumentException(
                    "--name must be one line of letters, but has a line break or another character that shows nothing");
        }
    }

    private static boolean isNoCharacter(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    /**
     * The name as that of a file, in ASCII: {@code submission-Ada-Lovelace}. A name of which no letter is left gets digits that
     * follow from it instead.
     */
    public String ofFile() {
        return "submission-" + ascii(text, Sha256.of(text).substring(0, HASH_DIGITS));
    }

    /** A text as a part of a file's name, without dots. */
    static String ascii(String text, String otherwise) {
        String spelled = text;
        for (Map.Entry<String, String> letter : LETTERS.entrySet()) {
            spelled = spelled.replace(letter.getKey(), letter.getValue());
        }
        String plain = Normalizer.normalize(spelled, Normalizer.Form.NFKD).replaceAll("\\p{M}+", "");
        return Names.ofFile(plain.replace('.', '-').replaceAll("[-\\s]+", "-"), otherwise);
    }
}
