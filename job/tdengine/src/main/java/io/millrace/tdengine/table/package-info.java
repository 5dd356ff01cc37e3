/**
 * TDengine in Flink SQL: {@link io.millrace.tdengine.table.TDengineDynamicTableFactory} reads the
 * options of {@code 'connector' = 'tdengine'}, which {@link
 * io.millrace.tdengine.table.TDengineConnectorOptions} lists, and hands them to the builder that
 * programs use as well.
 */
package io.millrace.tdengine.table;
