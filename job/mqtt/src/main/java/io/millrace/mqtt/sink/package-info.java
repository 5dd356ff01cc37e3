/**
 * The MQTT sink for Flink's DataStream API: {@link io.millrace.mqtt.sink.MqttSink}. Its writer,
 * {@link io.millrace.mqtt.sink.MqttSinkWriter}, makes messages of records; package {@code publish}
 * sees to it that the broker gets them.
 */
package io.millrace.mqtt.sink;
