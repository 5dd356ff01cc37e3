package io.millrace.devkit.tdengine.engine;

import io.millrace.devkit.tdengine.sql.DataType;
import io.millrace.devkit.tdengine.sql.TaosException;
import java.util.List;

/** The tables of information_schema. Read under the engine's lock. */
final class SystemTables {
    private static final String INFORMATION_SCHEMA = "information_schema";
    private static final String PERFORMANCE_SCHEMA = "performance_schema";

    private final Catalog catalog;
    private final TagValues tagValues;

    SystemTables(Catalog catalog, TagValues tagValues) {
        this.catalog = catalog;
        this.tagValues = tagValues;
    }

    static boolean isSchema(String database) {
        return INFORMATION_SCHEMA.equals(database) || PERFORMANCE_SCHEMA.equals(database);
    }

    Result.Rows table(String schema, String name) {
        if (schema.equals(INFORMATION_SCHEMA)) {
            switch (name) {
                case "ins_databases" -> {
                    return databases();
                }
                case "ins_stables" -> {
                    return superTables();
                }
                case "ins_tables" -> {
                    return tables();
                }
                case "ins_tags" -> {
                    return tags(null);
                }
                case "ins_columns" -> {
                    return columns();
                }
                case "ins_views" -> {
                    return views();
                }
                case "ins_cluster" -> {
                    return cluster();
                }
                case "ins_users" -> {
                    return users();
                }
                default -> {
                    // refused below
                }
            }
        }
        throw new TaosException(0x2603, "Fail to get table info, error: Table does not exist");
    }

    private Result.Rows databases() {
        Rows rows =
                new Rows()
                        .text("name", 64)
                        .column("create_time", DataType.TIMESTAMP)
                        .column("vgroups", DataType.INT)
                        .column("ntables", DataType.BIGINT)
                        .column("replica", DataType.TINYINT)
                        .text("strict", 4)
                        .text("duration", 10)
                        .text("keep", 32)
                        .column("buffer", DataType.INT)
                        .column("pagesize", DataType.INT)
                        .column("pages", DataType.INT)
                        .column("minrows", DataType.INT)
                        .column("maxrows", DataType.INT)
                        .column("comp", DataType.TINYINT)
                        .text("precision", 2)
                        .text("status", 10)
                        .text("retentions", 60)
                        .column("single_stable", DataType.BOOL)
                        .text("cachemodel", 60)
                        .column("cachesize", DataType.INT)
                        .column("wal_level", DataType.TINYINT)
                        .column("wal_fsync_period", DataType.INT);
        for (String schema : List.of(INFORMATION_SCHEMA, PERFORMANCE_SCHEMA)) {
            Object[] row = new Object[22];
            row[0] = schema;
            row[15] = "ready";
            rows.row(row);
        }
        for (Database database : catalog.databases().values()) {
            rows.row(
                    database.name(),
                    database.created(),
                    DatabaseOptions.number(database, "VGROUPS", 2),
                    database.tables().values().stream()
                            .filter(table -> table instanceof Series)
                            .count(),
                    1,
                    "on",
                    DatabaseOptions.days(database.option("DURATION")),
                    DatabaseOptions.keep(database),
                    DatabaseOptions.number(database, "BUFFER", 256),
                    DatabaseOptions.number(database, "PAGESIZE", 4),
                    DatabaseOptions.number(database, "PAGES", 256),
                    DatabaseOptions.number(database, "MINROWS", 100),
                    DatabaseOptions.number(database, "MAXROWS", 4096),
                    DatabaseOptions.number(database, "COMP", 2),
                    database.precision().sql(),
                    "ready",
                    null,
                    false,
                    DatabaseOptions.text(database, "CACHEMODEL", "none"),
                    DatabaseOptions.number(database, "CACHESIZE", 1),
                    DatabaseOptions.number(database, "WAL_LEVEL", 1),
                    DatabaseOptions.number(database, "WAL_FSYNC_PERIOD", 3000));
        }
        return rows.build();
    }

    private Result.Rows superTables() {
        Rows rows =
                new Rows()
                        .text("stable_name", 192)
                        .text("db_name", 64)
                        .column("create_time", DataType.TIMESTAMP)
                        .column("columns", DataType.INT)
                        .column("tags", DataType.INT)
                        .column("last_update", DataType.TIMESTAMP)
                        .text("table_comment", 1024)
                        .text("watermark", 64)
                        .text("max_delay", 64)
                        .text("rollup", 128);
        for (Table table : all()) {
            if (table instanceof SuperTable superTable) {
                rows.row(
                        table.name(),
                        table.database().name(),
                        table.created(),
                        table.columns().size(),
                        table.tags().size(),
                        table.created(),
                        superTable.comment(),
                        "5000a,5000a",
                        "-1a,-1a",
                        null);
            }
        }
        return rows.build();
    }

    private Result.Rows tables() {
        Rows rows =
                new Rows()
                        .text("table_name", 192)
                        .text("db_name", 64)
                        .column("create_time", DataType.TIMESTAMP)
                        .column("columns", DataType.INT)
                        .text("stable_name", 192)
                        .column("uid", DataType.BIGINT)
                        .column("vgroup_id", DataType.INT)
                        .column("ttl", DataType.INT)
                        .text("table_comment", 1024)
                        .text("type", 21);
        for (Table table : all()) {
            if (table instanceof SuperTable) {
                continue;
            }
            boolean child = table instanceof SubTable;
            rows.row(
                    table.name(),
                    table.database().name(),
                    table.created(),
                    table.columns().size(),
                    table instanceof SubTable sub ? sub.parent().name() : null,
                    (long) table.storage() << 32 | ((Series) table).id(),
                    2,
                    0,
                    table instanceof NormalTable normal ? normal.comment() : null,
                    child ? "CHILD_TABLE" : "NORMAL_TABLE");
        }
        return rows.build();
    }

    private static Rows tagRows() {
        return new Rows()
                .text("table_name", 192)
                .text("db_name", 64)
                .text("stable_name", 192)
                .text("tag_name", 64)
                .text("tag_type", 32)
                .text("tag_value", 16384);
    }

    /** The tags of a table that has no values of tags. */
    Result.Rows noTags() {
        return tagRows().build();
    }

    /** Tags of all sub-tables, or of one. */
    Result.Rows tags(SubTable only) {
        Rows rows = tagRows();
        Iterable<? extends Table> tables = only == null ? all() : List.of(only);
        for (Table table : tables) {
            if (table instanceof SubTable sub) {
                Object[] values = tagValues.of(sub);
                for (int i = 0; i < values.length; i++) {
                    Column tag = sub.tags().get(i);
                    rows.row(
                            sub.name(),
                            sub.database().name(),
                            sub.parent().name(),
                            tag.name(),
                            tag.type().sql(),
                            values[i] == null ? null : values[i].toString());
                }
            }
        }
        return rows.build();
    }

    private Result.Rows columns() {
        Rows rows =
                new Rows()
                        .text("table_name", 192)
                        .text("db_name", 64)
                        .text("table_type", 21)
                        .text("col_name", 64)
                        .text("col_type", 32)
                        .column("col_length", DataType.INT)
                        .column("col_precision", DataType.INT)
                        .column("col_scale", DataType.INT)
                        .column("col_nullable", DataType.INT);
        for (Table table : all()) {
            String type =
                    table instanceof SuperTable
                            ? "SUPER_TABLE"
                            : table instanceof SubTable ? "CHILD_TABLE" : "NORMAL_TABLE";
            for (Column column : table.columns()) {
                rows.row(
                        table.name(),
                        table.database().name(),
                        type,
                        column.name(),
                        column.type().sql(),
                        column.type().storageBytes(),
                        null,
                        null,
                        null);
            }
        }
        return rows.build();
    }

    private static Result.Rows views() {
        return new Rows()
                .text("view_name", 192)
                .text("db_name", 64)
                .text("effective_user", 24)
                .column("create_time", DataType.TIMESTAMP)
                .text("type", 20)
                .text("query_sql", 16384)
                .text("parameters", 1024)
                .text("default_values", 1024)
                .text("target_table", 192)
                .build();
    }

    private static Result.Rows cluster() {
        return new Rows()
                .column("id", DataType.BIGINT)
                .text("name", 134)
                .column("uptime", DataType.INT)
                .column("create_time", DataType.TIMESTAMP)
                .text("version", 64)
                .column("expire_time", DataType.TIMESTAMP)
                .row(1L, "millrace-development-server", 1, 0L, Functions.VERSION_TEXT, null)
                .build();
    }

    private static Result.Rows users() {
        return new Rows()
                .text("name", 24)
                .column("super", DataType.TINYINT)
                .column("enable", DataType.TINYINT)
                .row("root", 1, 1)
                .build();
    }

    private List<Table> all() {
        return catalog.databases().values().stream()
                .flatMap(database -> database.tables().values().stream())
                .toList();
    }
}
