/**
 * Publishing that loses nothing, for the sink and for dead letters: messages wait in an {@link
 * io.millrace.mqtt.publish.Outbox} until the broker has acknowledged them, and a {@link
 * io.millrace.mqtt.publish.PublishSession} sends them, again if need be. What is sent when, and
 * again, is decided by {@code PublicationQueue} and {@code Pace}, which know neither threads nor
 * the network.
 */
package io.millrace.mqtt.publish;
