/**
 * Slurm, which runs the jobs of a cluster: its commands are called, and what they say is read.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.slurm.BatchScript}</td><td>the script of a job, with its
 * {@link org.scorebook.slurm.SlurmOptions}</td></tr>
 * <tr><td>{@link org.scorebook.slurm.Slurm}</td><td>submits, ends and puts back jobs, by {@link org.scorebook.slurm.SlurmCommand};
 * {@link org.scorebook.slurm.SlurmException} says what goes wrong</td></tr>
 * <tr><td>{@link org.scorebook.slurm.SlurmQueue}</td><td>the jobs that Slurm knows, each a
 * {@link org.scorebook.slurm.QueuedJob} in a {@link org.scorebook.slurm.SlurmState}</td></tr>
 * <tr><td>{@link org.scorebook.slurm.BatchJob}</td><td>the job that this process is in</td></tr>
 * </table>
 */
package org.scorebook.slurm;
