package org.scorebook.view;

import java.util.UUID;

/** A place on the page whose content is replaced, from any thread; as text, a line for each different text. */
public final class Live {
    private final Display display;
    private final String id = UUID.randomUUID().toString();
    private String shownHtml;
    private String shownText;

    Live(Display display) {
        this.display = display;
    }

    /**
     * Shows this instead of what was there.
     *
     * @param text the same for a place without HTML, where it is printed only when it changes: keep it coarse
     */
    public synchronized void show(String html, String text) {
        boolean same = isText() ? text.equals(shownText) : html.equals(shownHtml);
        if (!same) {
            display.show(html, text, id, shownHtml != null);
            shownHtml = html;
            shownText = text;
        }
    }

    /** Whether this is no notebook, so that only the text is shown and no HTML need be made. */
    public boolean isText() {
        return !(display instanceof KernelDisplay);
    }

    /** A bar as a piece of HTML. */
    public static String bar(long done, long total) {
        return "<progress max=\"" + total + "\" value=\"" + done
                + "\" style=\"width:260px;vertical-align:middle\"></progress>";
    }
}
