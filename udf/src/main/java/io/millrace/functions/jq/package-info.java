/**
 * Programs of jq, run by jackson-jq within bounds of time, memory and depth. No Flink types. Begin
 * reading at {@link io.millrace.functions.jq.JqEngine}.
 */
package io.millrace.functions.jq;
