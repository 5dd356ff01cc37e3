package io.millrace.tdengine.client;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Knows databases, tables and their columns: a server, or what stands in for one. */
public interface Schemas {
    /** Names of all databases, the system's own two left out. */
    List<String> databases() throws SQLException;

    /** Names of a database's super tables. */
    List<String> superTables(String database) throws SQLException;

    /** Names of a database's tables that belong to no super table. */
    List<String> normalTables(String database) throws SQLException;

    /**
     * Describes a super table, a sub-table or a table.
     *
     * @param database its exact name
     * @param table its exact name
     * @return empty if the database or the table does not exist
     */
    Optional<TargetTable> describe(String database, String table) throws SQLException;

    /** In which unit a database keeps times; empty if it does not exist. */
    Optional<TimePrecision> precision(String database) throws SQLException;

    /**
     * What a database is set to, by the names that CREATE DATABASE uses.
     *
     * @param options whose values are wanted
     * @return empty if it does not exist
     */
    Optional<Map<String, String>> databaseOptions(String database, List<String> options)
            throws SQLException;
}
