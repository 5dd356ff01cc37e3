package io.millrace.cli.flink;

/**
 * A metric's value at one moment.
 *
 * @param key tells it from others of the same measure: vertex, subtask, operator
 */
public record Sample(String key, Measure measure, long value) {}
