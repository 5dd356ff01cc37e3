/**
 * TDengine in Flink SQL: {@link io.millrace.tdengine.table.TDengineDynamicTableFactory} reads the
 * options of {@code 'connector' = 'tdengine'}, which {@link
 * io.millrace.tdengine.table.TDengineConnectorOptions} lists, and hands them to the builder that
 * programs use as well.
 *
 * <p>Times: a {@code TIMESTAMP_LTZ} is an instant and written as such. A {@code TIMESTAMP} has no
 * zone and is taken for UTC, whatever the session's or the machine's zone. A whole number has the
 * unit of {@code sql.time-unit}, a text is RFC 3339 with an offset.
 */
package io.millrace.tdengine.table;
