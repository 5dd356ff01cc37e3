/**
 * Talking to TDengine through its driver, and what one has to know of it: {@link
 * io.millrace.tdengine.client.TDengineConnectionSettings} say where and who, a {@link
 * io.millrace.tdengine.client.TDengineConnection} is one connection (never reused after an error),
 * {@link io.millrace.tdengine.client.TDengineError} sorts what went wrong, and {@link
 * io.millrace.tdengine.client.TableSchemas} reads what a table looks like. Nothing here knows of
 * Flink but {@link io.millrace.tdengine.client.FlinkTypes}. Begin with {@link
 * io.millrace.tdengine.client.TDengineConnection}.
 */
package io.millrace.tdengine.client;
