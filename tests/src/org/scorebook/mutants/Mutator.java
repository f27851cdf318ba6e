package org.scorebook.mutants;

import com.sun.source.util.TreePath;

/** Makes mistakes of some kinds at one place of an answer. */
interface Mutator {
    /** @param path the place, which is inside the solution */
    void mutate(TreePath path, Edits edits);
}
