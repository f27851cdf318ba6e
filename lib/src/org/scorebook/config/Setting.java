package org.scorebook.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What is to be known of a component of {@link RunConfig}: its help text, its default and which values are possible. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Setting {
    /** One line for the user. */
    String help();

    /** The default, written as on the command line; empty for a text that may be absent. */
    String initial();

    /** Opens a group in the help text; the components behind belong to it too. */
    String heading() default "";

    /** Whether a text must be the name of an image set. */
    boolean imageSet() default false;

    /** A number's, or each list element's, smallest value. */
    double min() default Double.NEGATIVE_INFINITY;

    /** A number's largest value. */
    double max() default Double.POSITIVE_INFINITY;

    /** What a number must exceed. */
    double above() default Double.NEGATIVE_INFINITY;

    /** What a number must not reach. */
    double below() default Double.POSITIVE_INFINITY;
}
