package org.scorebook.generation;

/** Sees the images of an order become clear. */
@FunctionalInterface
public interface GenerationListener {
    /** Looks at nothing, which spares the pictures of images in work. */
    GenerationListener NONE = progress -> {};

    /**
     * Called now and then while images of the order are drawn, a few times a second at most, by the thread that draws: it must
     * return at once. A listener that throws is not called again.
     */
    void progress(GenerationProgress progress);
}
