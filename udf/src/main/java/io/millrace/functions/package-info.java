/**
 * Functions that rule authors know from their broker's rule engine, as a Flink module: {@code LOAD
 * MODULE millrace} makes all of them known to a session.
 *
 * <p>Begin reading at {@link io.millrace.functions.MillraceModule}. The functions are plain Java in
 * {@link io.millrace.functions.library}; {@link io.millrace.functions.LibraryFunction} makes any of
 * them a function of Flink: {@code LibrarySignatures} and {@code ArgumentTypes} say which arguments
 * are allowed (wrong literals fail when the statement is planned), {@code Answer} the type of the
 * result, {@code NullArguments} which NULL is no NULL, {@link io.millrace.functions.convert} turns
 * data into values and back. The functions of time have classes of their own, which convert
 * nothing, over {@link io.millrace.functions.time}. What all share, such as what a failure does, is
 * in {@link io.millrace.functions.MillraceFunction}.
 */
package io.millrace.functions;
