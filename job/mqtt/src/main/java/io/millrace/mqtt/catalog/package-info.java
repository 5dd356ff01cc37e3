/**
 * The catalog {@code 'type' = 'mqtt'}: a connection to a broker, whose tables are topics. Begin
 * with {@link io.millrace.mqtt.catalog.MqttCatalog}.
 */
package io.millrace.mqtt.catalog;
