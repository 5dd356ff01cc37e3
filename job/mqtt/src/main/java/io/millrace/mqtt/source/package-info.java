/**
 * The MQTT source for Flink's DataStream API: {@link io.millrace.mqtt.source.MqttSource}. A split
 * is an MQTT session, the enumerator gives sessions to readers, and what happens to a message in a
 * reader is told in package {@code reader}.
 */
package io.millrace.mqtt.source;
