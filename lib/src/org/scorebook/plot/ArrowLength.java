package org.scorebook.plot;

/** How long the arrows of a vector field are drawn; in each way the longest just fits a cell of the grid. */
public enum ArrowLength {
    /** By the vector's length. */
    PROPORTIONAL,

    /** By the square root of the vector's length: vectors a hundred times weaker are still a tenth as long. */
    SQUARE_ROOT,

    /** All the same, for the directions alone. */
    EQUAL;

    /** From 0 for no arrow to 1 for the longest. */
    double share(double length, double longest) {
        if (length == 0) {
            return 0;
        }
        return switch (this) {
            case PROPORTIONAL -> length / longest;
            case SQUARE_ROOT -> Math.sqrt(length / longest);
            case EQUAL -> 1;
        };
    }
}
