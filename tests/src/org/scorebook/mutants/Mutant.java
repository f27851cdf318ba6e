package org.scorebook.mutants;

/**
 * An answer with one mistake.
 *
 * @param exercise its number
 * @param cell the ID of the answer's cell
 * @param kind the mistake
 * @param whole whether the mistake is made once, at the result: each value is, for instance, the negative of the right one
 * @param name what was changed, in a line that no other mutant of the exercise has
 * @param source the cell with the mistake
 */
record Mutant(String exercise, String cell, Kind kind, boolean whole, String name, String source) {}
