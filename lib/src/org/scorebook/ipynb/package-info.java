/**
 * Notebooks as files: their cells, read and written; the exercises in them.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.ipynb.NotebookFile}</td><td>a notebook in nbformat 4</td></tr>
 * <tr><td>{@link org.scorebook.ipynb.NotebookCell}</td><td>one cell</td></tr>
 * <tr><td>{@link org.scorebook.ipynb.Exercise}</td><td>the cells of an exercise: what a student writes, what checks it</td></tr>
 * </table>
 */
package org.scorebook.ipynb;
