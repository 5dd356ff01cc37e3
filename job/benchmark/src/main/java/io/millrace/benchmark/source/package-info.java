/** What receiving MQTT costs; begin with {@link io.millrace.benchmark.source.SourceBenchmark}. */
package io.millrace.benchmark.source;
