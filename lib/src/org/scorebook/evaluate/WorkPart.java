package org.scorebook.evaluate;

/**
 * A part of long work, and what is known of it before it begins.
 *
 * @param name that a {@link org.scorebook.recipe.ProgressListener} is told
 * @param seconds about how long it will take, going by the pace of its first batch; NaN while that is not measured
 */
public record WorkPart(String name, double seconds) {}
