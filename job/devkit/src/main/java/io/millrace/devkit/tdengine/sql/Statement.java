package io.millrace.devkit.tdengine.sql;

import java.util.List;
import java.util.Map;

/** A statement, parsed. */
public sealed interface Statement {
    /** Options are upper-case names with their values as written, unquoted. */
    record CreateDatabase(String name, boolean ifNotExists, Map<String, String> options)
            implements Statement {}

    record AlterDatabase(String name, Map<String, String> options) implements Statement {}

    record DropDatabase(String name, boolean ifExists) implements Statement {}

    record Use(String database) implements Statement {}

    /** A column or tag as a definition gives it. */
    record Definition(String name, ColumnType type, boolean primaryKey) {}

    /** Without tags it is a normal table. */
    record CreateTable(
            QualifiedName name,
            boolean ifNotExists,
            List<Definition> columns,
            List<Definition> tags,
            String comment)
            implements Statement {}

    record CreateSubTables(List<SubTable> tables) implements Statement {}

    /**
     * One sub-table to create.
     *
     * @param tags names of the tags given, or null for all
     * @param valuesAt where the bracket before the tags' values stands; their types are not known
     *     yet
     */
    record SubTable(
            QualifiedName name,
            boolean ifNotExists,
            QualifiedName superTable,
            List<String> tags,
            int valuesAt) {}

    record DropTables(List<QualifiedName> names, boolean ifExists, boolean superTable)
            implements Statement {}

    /** What ALTER does. */
    enum Change {
        ADD_COLUMN,
        DROP_COLUMN,
        MODIFY_COLUMN,
        RENAME_COLUMN,
        ADD_TAG,
        DROP_TAG,
        MODIFY_TAG,
        RENAME_TAG,
        SET_TAG,
        OPTION
    }

    /**
     * ALTER TABLE and ALTER STABLE.
     *
     * @param column the column's or tag's name, or null
     * @param type its new type, or null
     * @param newName its new name, or null
     * @param valueAt where the tag's new value stands
     */
    record AlterTable(
            QualifiedName table,
            Change change,
            String column,
            ColumnType type,
            String newName,
            int valueAt)
            implements Statement {}

    /**
     * An INSERT, which is parsed when it is executed because its literals need the tables' types.
     */
    record Insert() implements Statement {}

    record Delete(QualifiedName table, Expr where) implements Statement {}

    record Query(Select select) implements Statement {}

    /**
     * SHOW.
     *
     * @param what upper-case words behind SHOW, such as {@code TABLES} or {@code CREATE TABLE}
     * @param of the table or database concerned, or null
     * @param like a pattern, or null
     */
    record Show(String what, QualifiedName of, String like) implements Statement {}

    record Describe(QualifiedName table) implements Statement {}

    /** What is accepted and has no effect here, such as FLUSH DATABASE. */
    record Nothing() implements Statement {}
}
