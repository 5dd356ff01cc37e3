/**
 * Decides which reader serves which session: {@link
 * io.millrace.mqtt.source.enumerator.MqttEnumerator}.
 */
package io.millrace.mqtt.source.enumerator;
