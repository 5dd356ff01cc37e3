/**
 * Times as numbers and as text, with the semantics of EMQX's rule engine and without any Flink
 * type. Begin reading at {@link io.millrace.functions.time.EpochUnit}, which all else counts in.
 */
package io.millrace.functions.time;
