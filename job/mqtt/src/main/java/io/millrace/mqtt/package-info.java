/**
 * The MQTT connector for Flink. It stands alone: its jar in {@code FLINK_HOME/lib} is enough for
 * {@code CREATE TABLE ... WITH ('connector' = 'mqtt', ...)}.
 *
 * <p>The way of a message, and where to read about each step:
 *
 * <ol>
 *   <li>{@code client}: a broker sends it to a connection of an MQTT session; {@link
 *       io.millrace.mqtt.client.MqttClient} hides the library that speaks the protocol.
 *   <li>{@code source.reader}: {@link io.millrace.mqtt.source.reader.SessionBuffer} hands it from
 *       the client's thread to the task's, and bounds what the job holds; {@link
 *       io.millrace.mqtt.source.reader.MqttSession} keeps the session connected.
 *   <li>{@code table} and {@code format}: {@code RowDecoder} makes rows of it, or it becomes a dead
 *       letter.
 *   <li>{@code source.reader} again: {@link io.millrace.mqtt.source.reader.AckLedger} remembers it
 *       until a checkpoint that contains it is complete; then it is acknowledged. {@code
 *       source.journal} is another way: what is durable in a file is acknowledged at once.
 * </ol>
 *
 * <p>The other way, {@code sink} makes messages of records and {@code publish} sends them until the
 * broker has them; dead letters to a topic go that way too.
 *
 * <p>{@link io.millrace.mqtt.source.MqttSource} and {@link io.millrace.mqtt.sink.MqttSink} are for
 * the DataStream API, {@link io.millrace.mqtt.probe.MqttProbe} tests a connection, {@code
 * source.enumerator} gives sessions to readers, {@code catalog} shows topics as tables, and {@link
 * io.millrace.mqtt.MqttOptions} lists the options of all of them.
 */
package io.millrace.mqtt;
