package org.scorebook.mutants;

/** What is wrong with a mutant of an answer; the mistakes that students make most come first. */
public enum Kind {
    /** A sign flipped. */
    SIGN,
    /** A factor of 2 too much or too little. */
    FACTOR,
    /** A root dropped or put. */
    ROOT,
    /** A square dropped or put, such as sigma for sigma squared. */
    SQUARE,
    /** One more or one less: an index, a time, a bound. */
    OFF_BY_ONE,
    /** A mean for a sum, a sum for a mean, a division by the number dropped. */
    MEAN,
    /** Another axis, indices or elements in another order. */
    AXIS,
    /** A gradient that does not flow, or one that should not. */
    GRADIENT,
    /** Another operator: times for divided by. */
    OPERATOR,
    /** The sides of a difference or a quotient, or the arguments of a call, in another order. */
    ORDER,
    /** Another function: the cosine for the sine, the greatest for the least. */
    FUNCTION,
    /** Another number. */
    CONSTANT,
    /** A variable for another one of the same type. */
    NAME,
    /** A condition turned round, or one of its branches always taken. */
    CONDITION,
    /** A statement that is not there. */
    STATEMENT,
    /** An answer that does not depend on what it should. */
    RETURN
}
