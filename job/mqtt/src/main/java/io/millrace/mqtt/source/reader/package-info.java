/**
 * The way of a message through a task: a client's thread puts it into its session's {@link
 * io.millrace.mqtt.source.reader.SessionBuffer}; the task's thread takes it out in {@link
 * io.millrace.mqtt.source.reader.MqttSourceReader#pollNext}, decodes and emits it and enters it in
 * the {@link io.millrace.mqtt.source.reader.AckLedger}; when a checkpoint is complete, the ledger
 * tells what to acknowledge, and the session's own thread, which also connects and reconnects,
 * {@link io.millrace.mqtt.source.reader.MqttSession}, passes that on to the client.
 */
package io.millrace.mqtt.source.reader;
