package org.scorebook.kernel;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What of a cell's text is no code. */
final class CellText {
    private static final Pattern BLANK = Pattern.compile("\\s++|//[^\n]*+|/\\*(?s:.*?)\\*/");
    private static final Pattern TEXT_OR_COMMENT = Pattern.compile("\"\"\"(?s:.*?)\"\"\"|\"(?:\\\\.|[^\"\\\\\n])*+\""
            + "|'(?:\\\\.|[^'\\\\\n])*+'|//[^\n]*+|/\\*(?s:.*?)(?<end>\\*/|\\z)");

    private CellText() {}

    /** JShell counts a snippet's lines from its first code, so blank space and comments before it are cut off here. */
    static String withoutBlankStart(String code) {
        Matcher blank = BLANK.matcher(code);
        int start = 0;
        while (blank.region(start, code.length()).lookingAt()) {
            start = blank.end();
        }
        return code.substring(start);
    }

    /** Where a comment begins that has no end, or -1. */
    static int openComment(String code) {
        Matcher text = TEXT_OR_COMMENT.matcher(code);
        while (text.find()) {
            if ("".equals(text.group("end"))) {
                return text.start();
            }
        }
        return -1;
    }
}
