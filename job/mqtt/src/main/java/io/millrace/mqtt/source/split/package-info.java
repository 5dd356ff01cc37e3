/** A split of the source: one MQTT session. */
package io.millrace.mqtt.source.split;
