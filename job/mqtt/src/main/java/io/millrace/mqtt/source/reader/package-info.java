/**
 * The way of a message through a task: a client's thread puts it into its session's {@link
 * io.millrace.mqtt.source.reader.SessionBuffer}; the task's thread takes it out in {@link
 * io.millrace.mqtt.source.reader.MqttSourceReader#pollNext}, decodes and emits it and enters it in
 * the {@link io.millrace.mqtt.source.reader.AckLedger}; when a checkpoint is complete, the ledger
 * tells what to acknowledge, and the session's own thread, which also connects and reconnects,
 * {@link io.millrace.mqtt.source.reader.MqttSession}, passes that on to the client.
 *
 * <p>With a journal, a third thread stands between the two: {@code SessionJournal} takes messages
 * out of the buffer, makes them durable and has them acknowledged, and puts them into {@code
 * JournalInbox} for the task's thread. The buffer still counts them until they are emitted.
 */
package io.millrace.mqtt.source.reader;
