/**
 * TDengine's language: tokens, statements, types and errors. Begin reading with {@link
 * io.millrace.devkit.tdengine.sql.StatementParser}. Not for use outside the development server.
 */
package io.millrace.devkit.tdengine.sql;
