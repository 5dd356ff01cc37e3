/**
 * Changing a job that runs on a cluster: {@link io.millrace.cli.upgrade.Upgrade}. Whether state can
 * be taken over says package {@code fit}.
 */
package io.millrace.cli.upgrade;
