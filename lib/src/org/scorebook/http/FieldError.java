package org.scorebook.http;

/**
 * A field of a request that cannot be taken.
 *
 * @param field its name
 * @param value what was sent, as text; null for nothing
 * @param expected what would be right, as the rest of the sentence "field must be"
 */
public record FieldError(String field, String value, String expected) {
    private static final int SHOWN = 80;

    public FieldError {
        value = value == null || value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "...";
    }

    public String sentence() {
        return field + " must be " + expected + ", but is " + (value == null ? "not there" : value);
    }
}
