/**
 * MQTT as the source sees it: {@link io.millrace.mqtt.client.MqttClient} is one connection to a
 * broker, free of any library's types. {@link io.millrace.mqtt.client.NettyClient} implements it on
 * netty's codec, with {@link io.millrace.mqtt.client.NettyConnection} for what is not a
 * subscriber's alone; {@link io.millrace.mqtt.client.PahoV5Client} and {@link
 * io.millrace.mqtt.client.PahoV3Client} do so with Eclipse Paho. A client object serves one
 * connection and is thrown away with it; what lasts longer is package {@code source.reader}'s
 * business.
 */
package io.millrace.mqtt.client;
