/**
 * What a job leaves on disk: {@link io.millrace.cli.state.JobFolder}, one per job name, and the
 * {@linkplain io.millrace.cli.state.CheckpointStore checkpoints} in it. Knows files only, no
 * running job.
 */
package io.millrace.cli.state;
