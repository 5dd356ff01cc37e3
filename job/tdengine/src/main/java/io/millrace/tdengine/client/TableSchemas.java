package io.millrace.tdengine.client;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Asks a server about databases, tables and their columns. For one thread, like the connection it
 * is given.
 */
public final class TableSchemas implements Schemas {
    private static final Pattern DECIMAL =
            Pattern.compile("DECIMAL\\s*\\(\\s*(\\d+)\\s*,\\s*(\\d+)\\s*\\)");
    private static final Pattern KEEP = Pattern.compile("(\\d+)([dhm])");

    private final TDengineConnection connection;

    public TableSchemas(TDengineConnection connection) {
        this.connection = connection;
    }

    @Override
    public List<String> databases() throws SQLException {
        List<String> names =
                connection.query(
                        "SELECT name FROM information_schema.ins_databases",
                        row -> row.getString(1));
        return names.stream()
                .filter(n -> !n.equals("information_schema") && !n.equals("performance_schema"))
                .sorted()
                .toList();
    }

    @Override
    public List<String> superTables(String database) throws SQLException {
        return connection
                .query(
                        "SELECT stable_name FROM information_schema.ins_stables WHERE db_name="
                                + SqlText.literal(database),
                        row -> row.getString(1))
                .stream()
                .sorted()
                .toList();
    }

    @Override
    public List<String> normalTables(String database) throws SQLException {
        return connection
                .query(
                        "SELECT table_name FROM information_schema.ins_tables WHERE db_name="
                                + SqlText.literal(database)
                                + " AND type='NORMAL_TABLE'",
                        row -> row.getString(1))
                .stream()
                .sorted()
                .toList();
    }

    @Override
    public Optional<TargetTable> describe(String database, String table) throws SQLException {
        Optional<DatabaseFacts> facts = databaseFacts(database);
        if (facts.isEmpty()) {
            return Optional.empty();
        }
        List<TargetColumn> columns;
        try {
            columns = columns(database, table);
        } catch (SQLException e) {
            if (TDengineError.of(e).kind() == TDengineError.Kind.MISSING_TABLE) {
                return Optional.empty();
            }
            throw e;
        }
        TargetTable.Kind kind =
                columns.stream().noneMatch(TargetColumn::isTag)
                        ? TargetTable.Kind.TABLE
                        : superTables(database).contains(table)
                                ? TargetTable.Kind.SUPER_TABLE
                                : TargetTable.Kind.SUB_TABLE;
        return Optional.of(
                new TargetTable(
                        database,
                        table,
                        kind,
                        facts.get().precision(),
                        facts.get().keepMinutes(),
                        columns));
    }

    @Override
    public Optional<TimePrecision> precision(String database) throws SQLException {
        return databaseFacts(database).map(DatabaseFacts::precision);
    }

    @Override
    public Optional<Map<String, String>> databaseOptions(String database, List<String> options)
            throws SQLException {
        String columns = options.stream().map(SqlText::name).collect(Collectors.joining(", "));
        return connection
                .query(
                        "SELECT "
                                + columns
                                + " FROM information_schema.ins_databases WHERE name="
                                + SqlText.literal(database),
                        row -> {
                            Map<String, String> values = new TreeMap<>();
                            for (int i = 0; i < options.size(); i++) {
                                String value = row.getString(i + 1);
                                if (value != null) {
                                    values.put(options.get(i), value);
                                }
                            }
                            return values;
                        })
                .stream()
                .findFirst();
    }

    private record DatabaseFacts(TimePrecision precision, long keepMinutes) {}

    private Optional<DatabaseFacts> databaseFacts(String database) throws SQLException {
        return connection
                .query(
                        "SELECT `precision`, `keep` FROM information_schema.ins_databases"
                                + " WHERE name="
                                + SqlText.literal(database),
                        row ->
                                new DatabaseFacts(
                                        TimePrecision.parse(row.getString(1)),
                                        keepMinutes(row.getString(2))))
                .stream()
                .findFirst();
    }

    private List<TargetColumn> columns(String database, String table) throws SQLException {
        record Line(String field, String type, int length, String note) {}
        List<Line> lines =
                connection.query(
                        "DESCRIBE " + SqlText.name(database) + "." + SqlText.name(table),
                        row ->
                                new Line(
                                        row.getString(1),
                                        row.getString(2),
                                        row.getInt(3),
                                        row.getString(4)));
        List<TargetColumn> columns = new ArrayList<>();
        for (Line line : lines) {
            columns.add(column(columns.isEmpty(), line.field, line.type, line.length, line.note));
        }
        return columns;
    }

    /** A line of what DESCRIBE answers. */
    static TargetColumn column(boolean first, String field, String type, int length, String note) {
        TargetColumn.Role role =
                first
                        ? TargetColumn.Role.TIME
                        : "TAG".equals(note)
                                ? TargetColumn.Role.TAG
                                : "PRIMARY KEY".equals(note)
                                        ? TargetColumn.Role.KEY
                                        : TargetColumn.Role.VALUE;
        TDengineType parsed = TDengineType.parse(type);
        Matcher decimal = DECIMAL.matcher(type);
        if (parsed == TDengineType.DECIMAL && decimal.find()) {
            return new TargetColumn(
                    field,
                    parsed,
                    Integer.parseInt(decimal.group(1)),
                    Integer.parseInt(decimal.group(2)),
                    role);
        }
        return new TargetColumn(field, parsed, length, 0, role);
    }

    /** Reads {@code 3650d,3650d,3650d}: the last tier is how long rows are kept at all. */
    public static long keepMinutes(String keep) {
        if (keep == null) {
            return 0;
        }
        long minutes = 0;
        Matcher matcher = KEEP.matcher(keep);
        while (matcher.find()) {
            long unit =
                    switch (matcher.group(2)) {
                        case "d" -> 24 * 60;
                        case "h" -> 60;
                        default -> 1;
                    };
            minutes = Math.max(minutes, Long.parseLong(matcher.group(1)) * unit);
        }
        return minutes;
    }
}
