/**
 * Changing a running job. {@link io.millrace.cli.upgrade.SavedState} reads what a savepoint holds,
 * {@link io.millrace.cli.upgrade.StateFit} compares it with the operators of the new version, and
 * {@link io.millrace.cli.upgrade.Upgrade} changes the one for the other.
 */
package io.millrace.cli.upgrade;
