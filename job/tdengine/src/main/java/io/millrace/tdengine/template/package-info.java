/**
 * SQL templates as rule authors write them for their broker's TDengine action, compiled into what
 * goes where. Knows neither Flink nor the server. Begin with {@link
 * io.millrace.tdengine.template.SqlTemplate}.
 */
package io.millrace.tdengine.template;
