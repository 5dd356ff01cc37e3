/**
 * Functions that rule authors know from their broker's rule engine, as a Flink module: {@code LOAD
 * MODULE millrace} makes all of them known to a session.
 *
 * <p>Begin reading at {@link io.millrace.functions.MillraceModule}. Each function is a thin Flink
 * class over the plain Java library in {@link io.millrace.functions.time}; what they share is in
 * {@link io.millrace.functions.MillraceFunction} (what a failure does) and in {@code
 * CallSignatures} (which arguments are allowed; wrong literals fail when the statement is planned).
 */
package io.millrace.functions;
