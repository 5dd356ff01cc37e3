/**
 * Benchmarks. {@code Benchmarks source} compares ways to receive MQTT ({@link
 * io.millrace.benchmark.source.SourceBenchmark}); anything else is a pattern of JMH benchmarks,
 * such as {@link io.millrace.benchmark.DecodeBenchmark}.
 */
package io.millrace.benchmark;
