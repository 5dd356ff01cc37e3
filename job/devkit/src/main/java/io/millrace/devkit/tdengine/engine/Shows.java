package io.millrace.devkit.tdengine.engine;

import io.millrace.devkit.tdengine.sql.DataType;
import io.millrace.devkit.tdengine.sql.QualifiedName;
import io.millrace.devkit.tdengine.sql.Statement;
import io.millrace.devkit.tdengine.sql.TaosException;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Answers SHOW and DESCRIBE. */
final class Shows {
    private final Catalog catalog;
    private final SystemTables systemTables;
    private final TagValues tagValues;

    Shows(Catalog catalog, SystemTables systemTables, TagValues tagValues) {
        this.catalog = catalog;
        this.systemTables = systemTables;
        this.tagValues = tagValues;
    }

    Result.Rows show(Statement.Show show, Session session) {
        return switch (show.what()) {
            case "DATABASES", "USER DATABASES", "SYSTEM DATABASES" -> databases(show.what());
            case "STABLES" ->
                    tables(show, session, "stable_name", table -> table instanceof SuperTable);
            case "TABLES" -> tables(show, session, "table_name", table -> table instanceof Series);
            case "NORMAL TABLES" ->
                    tables(show, session, "table_name", table -> table instanceof NormalTable);
            case "CHILD TABLES" ->
                    tables(show, session, "table_name", table -> table instanceof SubTable);
            case "VIEWS" -> tables(show, session, "view_name", table -> false);
            case "TAGS" -> tags(show, session);
            case "CREATE TABLE" -> createTable(show.of(), session);
            case "CREATE DATABASE" -> createDatabase(show.of().database());
            case "CLUSTER ALIVE" -> alive();
            case "ALIVE" -> {
                catalog.database(show.of().database());
                yield alive();
            }
            case "CLUSTER" -> systemTables.table("information_schema", "ins_cluster");
            case "USERS" -> systemTables.table("information_schema", "ins_users");
            case "FUNCTIONS" -> new Rows().text("name", 64).build();
            case "TOPICS" -> new Rows().text("topic_name", 192).build();
            case "STREAMS" -> new Rows().text("stream_name", 192).build();
            default -> throw TaosException.unsupported("SHOW " + show.what());
        };
    }

    private static Result.Rows alive() {
        return new Rows().column("status", DataType.INT).row(1).build();
    }

    private Result.Rows databases(String what) {
        Rows rows = new Rows().text("name", 64);
        if (!what.startsWith("USER")) {
            rows.row("information_schema").row("performance_schema");
        }
        if (!what.startsWith("SYSTEM")) {
            catalog.databases().keySet().forEach(rows::row);
        }
        return rows.build();
    }

    private Result.Rows tables(
            Statement.Show show, Session session, String column, Predicate<Table> wanted) {
        String name = show.of().database() == null ? session.database() : show.of().database();
        if (name == null) {
            throw new TaosException(0x2600, "database not specified");
        }
        Pattern like = show.like() == null ? null : like(show.like());
        Rows rows = new Rows().text(column, 192);
        for (Table table : catalog.database(name).tables().values()) {
            if (wanted.test(table) && (like == null || like.matcher(table.name()).matches())) {
                rows.row(table.name());
            }
        }
        return rows.build();
    }

    private static Pattern like(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (char c : pattern.toCharArray()) {
            regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    private Result.Rows tags(Statement.Show show, Session session) {
        Table table = catalog.databaseOf(show.of(), session).tables().get(show.of().name());
        if (table == null) {
            throw new TaosException(0x2662, "Fail to get table info, error: Table does not exist");
        }
        return table instanceof SubTable sub ? systemTables.tags(sub) : systemTables.noTags();
    }

    private Result.Rows createDatabase(String name) {
        Database database = catalog.database(name);
        String sql =
                "CREATE DATABASE `"
                        + name
                        + "` DURATION "
                        + DatabaseOptions.days(database.option("DURATION"))
                        + " KEEP "
                        + DatabaseOptions.keep(database)
                        + " PRECISION '"
                        + database.precision().sql()
                        + "'";
        return new Rows()
                .text("Database", 63)
                .text("Create Database", 65517)
                .row(name, sql)
                .build();
    }

    private Result.Rows createTable(QualifiedName name, Session session) {
        Table table = catalog.table(name, session);
        return new Rows()
                .text("Table", 193)
                .text("Create Table", 65517)
                .row(table.name(), CreateText.of(table, tagValues))
                .build();
    }

    Result.Rows describe(QualifiedName name, Session session) {
        Table table = catalog.table(name, session);
        Rows rows =
                new Rows()
                        .text("field", 64)
                        .text("type", 20)
                        .column("length", DataType.INT)
                        .text("note", 16)
                        .text("encode", 12)
                        .text("compress", 12)
                        .text("level", 12);
        for (Column column : table.columns()) {
            rows.row(
                    column.name(),
                    type(column),
                    column.type().length(),
                    column.kind() == Column.Kind.KEY ? "PRIMARY KEY" : "",
                    encoding(column),
                    compression(column),
                    "medium");
        }
        for (Column tag : table.tags()) {
            rows.row(
                    tag.name(),
                    type(tag),
                    tag.type().length(),
                    "TAG",
                    "disabled",
                    "disabled",
                    "disabled");
        }
        return rows.build();
    }

    private static String type(Column column) {
        return column.type().type().isDecimal()
                ? column.type().sql().toUpperCase(Locale.ROOT)
                : column.type().type().sql();
    }

    private static String encoding(Column column) {
        return switch (column.type().type()) {
            case TIMESTAMP -> "delta-i";
            case FLOAT, DOUBLE -> "delta-d";
            case BOOL -> "bit-packing";
            case VARCHAR, NCHAR, VARBINARY, JSON, BLOB, GEOMETRY, DECIMAL, DECIMAL64 -> "disabled";
            default -> "simple8b";
        };
    }

    private static String compression(Column column) {
        return switch (column.type().type()) {
            case VARCHAR, NCHAR, VARBINARY, JSON, BLOB, GEOMETRY, BOOL -> "zstd";
            case UTINYINT, TINYINT -> "zlib";
            default -> "lz4";
        };
    }
}
