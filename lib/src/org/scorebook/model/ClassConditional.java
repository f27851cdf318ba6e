package org.scorebook.model;

/** A network that is also given the labels of the points, as its third input; the label {@code classes()} says that there is none. */
public interface ClassConditional {
    /** How many classes there are, labelled from 0; 0 for a network that is given no labels. */
    int classes();
}
