package org.scorebook.cli;

import java.util.ListResourceBundle;
import org.scorebook.config.HelpText;

/** What the descriptions of options take from the tables, as {@code ${bundle:samplers}}. */
final class HelpTexts extends ListResourceBundle {
    @Override
    protected Object[][] getContents() {
        return new Object[][] {
            {"samplers", HelpText.samplers()},
            {"samplers-of-all-steps", HelpText.samplersOfAllSteps()}
        };
    }
}
