package io.millrace.devkit.tdengine.sql;

/**
 * Name of a table, with its database if one is given.
 *
 * @param database the database, or null for the session's
 * @param name the name, lower-cased unless it was quoted
 */
public record QualifiedName(String database, String name) {}
