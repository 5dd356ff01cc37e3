/**
 * Brokers for tests and demonstrations. {@link io.millrace.devkit.mqtt.EmbeddedBroker} runs inside
 * this JVM and needs nothing installed; {@link io.millrace.devkit.mqtt.Mosquitto} runs the real
 * program, for what only it shows: redelivery with equal packet ids, restarts, persistence.
 */
package io.millrace.devkit.mqtt;
