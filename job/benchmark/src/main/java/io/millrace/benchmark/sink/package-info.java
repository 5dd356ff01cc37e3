/**
 * How fast rows that are in memory get into TDengine: the sink in a Flink job, beside bare loops on
 * the driver. Needs a real server.
 */
package io.millrace.benchmark.sink;
