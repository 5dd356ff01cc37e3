/**
 * Flink's data as the library's values, and back. A reader or a writer is chosen once for each
 * place of a call, by the type that the planner found, so that a call asks for no type.
 */
package io.millrace.functions.convert;
