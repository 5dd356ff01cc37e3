/**
 * The connector for SQL: {@code 'connector' = 'mqtt'}. {@link
 * io.millrace.mqtt.table.MqttTableFactory} checks the options, {@link
 * io.millrace.mqtt.table.MqttTableSource} takes what the planner pushes down, and {@link
 * io.millrace.mqtt.table.RowDecoder} makes a row of each message at run time. To write, {@link
 * io.millrace.mqtt.table.MqttTableSink} makes a {@link io.millrace.mqtt.table.RowEncoder}, and the
 * topic of a row comes from a {@link io.millrace.mqtt.table.TopicTemplate}.
 */
package io.millrace.mqtt.table;
