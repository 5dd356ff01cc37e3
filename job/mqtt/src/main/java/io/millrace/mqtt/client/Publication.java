package io.millrace.mqtt.client;

/**
 * A message on its way to a broker.
 *
 * @param number tells it from all others of its publisher
 */
public record Publication(long number, OutgoingMessage message) {}
