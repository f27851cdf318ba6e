package org.scorebook.data;

/** Of what the pixels of a picture's file are made; models see red, green and blue of all. */
public enum PictureKind {
    /** Red, green and blue, or a palette of these. */
    COLOUR("colour"),
    /** One channel. */
    GREY("grey"),
    /** Colour or grey with opacity: white is put behind it. */
    TRANSPARENT("transparent"),
    /** Four inks, which become light. */
    CMYK("CMYK");

    private final String word;

    PictureKind(String word) {
        this.word = word;
    }

    /** As in a sentence. */
    @Override
    public String toString() {
        return word;
    }
}
