package org.scorebook.kernel;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Javadoc comment as HTML and as plain text. The comment's own HTML stays; its inline and block tags become HTML. */
final class Javadoc {
    private static final Pattern INLINE = Pattern.compile("\\{@(\\w+)\\s*((?:[^{}]|\\{(?:[^{}]|\\{[^{}]*+})*+})*+)}");
    private static final Pattern BLOCK = Pattern.compile("(?m)^\\s*@(\\w+)\\s*+((?:(?!^\\s*@\\w).*\\n?)*+)");
    private static final Pattern REFERENCE = Pattern.compile("([\\w.#$]+(?:\\([^)]*\\))?)\\s*+(.*)", Pattern.DOTALL);

    private Javadoc() {}

    static String html(String comment) {
        String resolved = inline(comment);
        Matcher block = BLOCK.matcher(resolved);
        boolean tags = block.find();
        StringBuilder html = new StringBuilder("<p>")
                .append((tags ? resolved.substring(0, block.start()) : resolved).strip())
                .append("</p>");
        for (; tags; tags = block.find()) {
            html.append(block(block.group(1), block.group(2).strip()));
        }
        return html.toString();
    }

    private static String inline(String comment) {
        return INLINE.matcher(comment)
                .replaceAll(tag -> Matcher.quoteReplacement(
                        switch (tag.group(1)) {
                            case "code" -> "<code>" + escape(tag.group(2)) + "</code>";
                            case "link", "linkplain" ->
                                "<code>" + reference(tag.group(2).strip()) + "</code>";
                            case "literal" -> escape(tag.group(2));
                            default -> inline(tag.group(2));
                        }));
    }

    /** A link's text where it has one, else the name that it leads to. */
    private static String reference(String link) {
        Matcher parts = REFERENCE.matcher(link);
        if (!parts.matches()) {
            return link;
        }
        String name = parts.group(1).startsWith("#") ? parts.group(1).substring(1) : parts.group(1);
        return parts.group(2).isEmpty() ? name.replace('#', '.') : parts.group(2);
    }

    /** What a caller needs of the block tags: parameters, result and exceptions. */
    private static String block(String tag, String text) {
        String[] named = text.split("\\s+", 2);
        String rest = named.length > 1 ? named[1] : "";
        return switch (tag) {
            case "param" -> "<p><code>" + escape(named[0]) + "</code>: " + rest + "</p>";
            case "throws", "exception" -> "<p>throws <code>" + named[0] + "</code> " + rest + "</p>";
            case "return" -> "<p>returns " + text + "</p>";
            default -> "";
        };
    }

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** HTML as plain text, a blank line between paragraphs. */
    static String text(String html) {
        return html.replaceAll("\\s+", " ")
                .replaceAll("(?i) ?</?(?:p|pre|table|ul|ol|dl|blockquote)(?: [^>]*)?> ?", "\n\n")
                .replaceAll("(?i) ?<(?:br|li|tr|dt|dd)(?: [^>]*)?/?> ?", "\n")
                .replaceAll("<[^>]*>", "")
                .replaceAll("\n{3,}", "\n\n")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&nbsp;", " ")
                .replace("&amp;", "&")
                .strip();
    }
}
