/**
 * The format {@code payload-json}: decodes a JSON payload strictly into a declared type, rows or
 * not, and names the member that does not fit. Begin with {@link
 * io.millrace.mqtt.format.PayloadJson}, which reads one payload with a {@link
 * io.millrace.mqtt.format.ValueReader} per declared member.
 */
package io.millrace.mqtt.format;
