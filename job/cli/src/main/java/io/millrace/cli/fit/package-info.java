/**
 * Whether a job can go on from the state of an earlier version of it. {@link
 * io.millrace.cli.fit.SavedState} reads what a savepoint holds, {@link
 * io.millrace.cli.fit.StateFit} compares it with the operators of the new version, {@link
 * io.millrace.cli.fit.Restore} starts from it.
 */
package io.millrace.cli.fit;
