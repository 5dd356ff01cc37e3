package io.millrace.mqtt.client;

/**
 * What a session asks for.
 *
 * @param filter a topic filter or shared subscription
 * @param qos 0 or 1, the highest quality of service to deliver with
 * @param retained when the broker shall send the messages that are stored on its topics; MQTT 3.1.1
 *     cannot ask for that and sends them with each SUBSCRIBE
 */
public record Subscription(String filter, int qos, RetainedHandling retained) {}
