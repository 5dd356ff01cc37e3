/**
 * What {@code millrace check} prints: {@link io.millrace.cli.check.CheckText} for people, {@link
 * io.millrace.cli.check.CheckJson} for programs.
 */
package io.millrace.cli.check;
