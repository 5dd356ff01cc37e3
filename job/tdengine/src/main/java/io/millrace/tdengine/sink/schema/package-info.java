/**
 * Makes the server's tables fit the rows where the user allows it ({@code 'schema.evolution'}):
 * creates what is missing, adds columns and tags, widens texts; never narrows and never drops.
 * {@link io.millrace.tdengine.sink.schema.TableDefinition} says what a table should look like,
 * {@link io.millrace.tdengine.sink.schema.SchemaChanges} brings it about.
 */
package io.millrace.tdengine.sink.schema;
