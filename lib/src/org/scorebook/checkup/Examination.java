package org.scorebook.checkup;

import java.io.IOException;
import java.util.List;

/** Looks at one part of the machine. */
public interface Examination {
    /** What was found; an exception is a failure too. */
    List<Finding> findings() throws IOException, InterruptedException;
}
