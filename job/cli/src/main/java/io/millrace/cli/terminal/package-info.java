/**
 * What a person sees: lines, a status line that stays in its place, tables, the log, Ctrl-C. Begin
 * with {@link io.millrace.cli.terminal.Screen}.
 */
package io.millrace.cli.terminal;
