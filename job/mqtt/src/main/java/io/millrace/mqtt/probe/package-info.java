/**
 * Looks at a broker as a job would meet it, and leaves nothing there. Begin with {@link
 * io.millrace.mqtt.probe.MqttProbe}.
 */
package io.millrace.mqtt.probe;
