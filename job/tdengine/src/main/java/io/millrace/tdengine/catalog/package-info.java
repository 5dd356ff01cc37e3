/**
 * TDengine as a Flink catalog: databases, super tables and tables appear with their columns, so
 * that {@code INSERT INTO tdengine.db.table SELECT …} needs no {@code CREATE TABLE}. Begin with
 * {@link io.millrace.tdengine.catalog.TDengineCatalog}.
 */
package io.millrace.tdengine.catalog;
