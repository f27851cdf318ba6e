package org.scorebook.view;

/** Shows HTML on the page of the kernel that is running. Kernel classes are found by name: none need be present. */
interface Display {
    /**
     * Shows HTML, or replaces what was shown under the same id.
     *
     * @param text the same for a place without HTML
     * @param id names this output; later calls with it replace the output
     * @param update false the first time
     */
    void show(String html, String text, String id, boolean update);

    /** The display of the kernel this JVM is, or one that prints text. */
    static Display find() {
        KernelDisplay jjava = KernelDisplay.of(KernelDisplay.JJAVA);
        KernelDisplay kernel = jjava == null ? KernelDisplay.of(KernelDisplay.IJAVA) : jjava;
        return kernel == null ? (html, text, id, update) -> System.out.println(text) : kernel;
    }
}
