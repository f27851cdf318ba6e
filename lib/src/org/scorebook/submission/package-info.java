/**
 * Coursework handed in: notebooks executed, made pages and PDF, and packed into one zip that can be verified.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.submission.Submission}</td><td>from notebooks to a zip, or the reasons why not</td></tr>
 * <tr><td>{@link org.scorebook.submission.SubmissionSettings}</td><td>what is handed in, and how</td></tr>
 * <tr><td>{@link org.scorebook.submission.StudentName}</td><td>who hands in</td></tr>
 * <tr><td>{@link org.scorebook.submission.Objection}</td><td>why something is not handed in</td></tr>
 * <tr><td>{@link org.scorebook.submission.Verification}</td><td>whether a zip is as it was written</td></tr>
 * </table>
 *
 * <p>A zip has one folder: the executed notebooks; each as a page, and as PDF where there was a Chromium; {@code results.json},
 * which says what each exercise has earned; {@code environment.txt}, which says where and when; {@code SHA256SUMS}. All but pages and
 * PDF follows from the notebooks, so that {@link org.scorebook.submission.Verification} can tell whether it fits them.
 */
package org.scorebook.submission;
