/**
 * The functions, in plain Java, on the values of {@link io.millrace.functions.value}. Both the
 * Flink module and the EMQX dialect call them.
 */
package io.millrace.functions.library;
