package io.millrace.tdengine.declared;

import io.millrace.tdengine.client.TDengineType;
import io.millrace.tdengine.client.TargetColumn;
import io.millrace.tdengine.client.TargetTable;
import io.millrace.tdengine.client.TimePrecision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads TDengine's definitions as {@code taos -f} takes them: CREATE and DROP of databases and
 * tables, ALTER of their columns and tags, USE. Options that say nothing about what fits into a
 * table are skipped. One script.
 */
final class DdlReader {
    private static final Set<TDengineType> SIZED =
            Set.of(
                    TDengineType.VARCHAR,
                    TDengineType.NCHAR,
                    TDengineType.VARBINARY,
                    TDengineType.GEOMETRY,
                    TDengineType.DECIMAL);

    private final String script;
    private final List<DdlToken> tokens;
    private final DeclaredTables tables;
    private int at;
    private String current;

    DdlReader(String script, DeclaredTables tables) {
        this.script = script;
        this.tokens = DdlToken.read(script);
        this.tables = tables;
    }

    /** Where a table lies. */
    private record Path(String database, String name) {}

    void readAll() {
        while (peek().kind() != DdlToken.Kind.END) {
            if (!accept(";")) {
                statement();
                if (peek().kind() != DdlToken.Kind.END) {
                    expect(";");
                }
            }
        }
    }

    private void statement() {
        if (accept("use")) {
            current = name();
        } else if (accept("create")) {
            create();
        } else if (accept("drop")) {
            drop();
        } else if (accept("alter")) {
            alter();
        } else {
            throw error(
                    "'%s' is no definition; there are CREATE, ALTER, DROP and USE."
                            .formatted(peek().text()));
        }
    }

    private void create() {
        if (accept("database")) {
            ifNotExists();
            database(name());
            return;
        }
        if (!accept("table")) {
            expect("stable");
        }
        ifNotExists();
        Path path = path();
        if (accept("using")) {
            subTable(path);
            return;
        }
        List<TargetColumn> columns = columns(false);
        boolean superTable = accept("tags");
        if (superTable) {
            columns.addAll(columns(true));
        }
        skipOptions();
        tables.put(
                path.database(),
                path.name(),
                superTable ? TargetTable.Kind.SUPER_TABLE : TargetTable.Kind.TABLE,
                columns);
    }

    private void ifNotExists() {
        if (accept("if")) {
            expect("not");
            expect("exists");
        }
    }

    private void database(String name) {
        TimePrecision precision = TimePrecision.parse("ms");
        String keep = null;
        while (peek().kind() != DdlToken.Kind.END && !peek().is(";")) {
            String option = next().text();
            if (option.equals("precision")) {
                precision = TimePrecision.parse(next().text());
            } else if (option.equals("keep")) {
                do {
                    keep = next().text();
                } while (accept(","));
            }
        }
        // A number alone is one of days.
        tables.putDatabase(
                name, precision, keep == null || !keep.matches("\\d+") ? keep : keep + "d");
    }

    /** {@code USING super [(tags)] TAGS (values)}: it looks like its super table. */
    private void subTable(Path path) {
        Path superTable = path();
        TargetTable known = known(superTable);
        skipOptions();
        tables.put(path.database(), path.name(), TargetTable.Kind.SUB_TABLE, known.columns());
    }

    private List<TargetColumn> columns(boolean tags) {
        List<TargetColumn> columns = new ArrayList<>();
        expect("(");
        do {
            TargetColumn.Role role =
                    tags
                            ? TargetColumn.Role.TAG
                            : columns.isEmpty() ? TargetColumn.Role.TIME : TargetColumn.Role.VALUE;
            columns.add(column(role));
        } while (accept(","));
        expect(")");
        return columns;
    }

    private TargetColumn column(TargetColumn.Role role) {
        String name = name();
        DdlToken typeToken = next();
        String written = typeToken.text() + (accept("unsigned") ? " unsigned" : "");
        TDengineType type =
                written.equals("integer") ? TDengineType.INT : TDengineType.parse(written);
        if (type == TDengineType.UNKNOWN) {
            throw DdlToken.error(
                    script,
                    typeToken.offset(),
                    "'%s' is no type of a column.".formatted(written.toUpperCase(Locale.ROOT)));
        }
        int length = 0;
        int scale = 0;
        if (accept("(")) {
            length = number();
            scale = accept(",") ? number() : 0;
            expect(")");
        } else if (SIZED.contains(type)) {
            throw error("%s needs a length, such as %<s(64).".formatted(type.sqlName()));
        }
        boolean key = false;
        // PRIMARY KEY, and how the server stores it: ENCODE 'a' COMPRESS 'b' LEVEL 'c'.
        while (!peek().is(",") && !peek().is(")") && !isEnd()) {
            key |= next().is("key");
        }
        return new TargetColumn(
                name,
                type,
                length,
                scale,
                key && role == TargetColumn.Role.VALUE ? TargetColumn.Role.KEY : role);
    }

    private void drop() {
        boolean database = accept("database");
        if (!database && !accept("table")) {
            expect("stable");
        }
        if (accept("if")) {
            expect("exists");
        }
        if (database) {
            tables.removeDatabase(name());
        } else {
            Path path = path();
            tables.remove(path.database(), path.name());
        }
    }

    private void alter() {
        if (accept("database")) {
            name();
            skipOptions();
            return;
        }
        if (!accept("table")) {
            expect("stable");
        }
        Path path = path();
        TargetTable table = known(path);
        Map<String, TargetColumn> columns = new LinkedHashMap<>();
        table.columns().forEach(column -> columns.put(column.name(), column));
        String what = next().text();
        boolean tag = accept("tag");
        if (!tag) {
            accept("column");
        }
        TargetColumn.Role role = tag ? TargetColumn.Role.TAG : TargetColumn.Role.VALUE;
        switch (what) {
            case "add", "modify" -> {
                TargetColumn column = column(role);
                columns.put(column.name(), column);
            }
            case "drop" -> columns.remove(name());
            case "rename" -> {
                TargetColumn old = columns.remove(name());
                if (old != null) {
                    String name = name();
                    columns.put(
                            name,
                            new TargetColumn(
                                    name, old.type(), old.length(), old.scale(), old.role()));
                }
            }
            default -> skipOptions();
        }
        tables.put(path.database(), path.name(), table.kind(), ordered(columns.values()));
    }

    /** Tags stand behind columns. */
    private static List<TargetColumn> ordered(Iterable<TargetColumn> columns) {
        List<TargetColumn> ordered = new ArrayList<>();
        for (TargetColumn column : columns) {
            ordered.add(column.isTag() ? ordered.size() : plain(ordered), column);
        }
        return ordered;
    }

    private static int plain(List<TargetColumn> columns) {
        return (int) columns.stream().filter(column -> !column.isTag()).count();
    }

    private TargetTable known(Path path) {
        return tables.find(path.database(), path.name())
                .orElseThrow(
                        () ->
                                error(
                                        "Table '%s.%s' is not known."
                                                .formatted(path.database(), path.name())));
    }

    private Path path() {
        String first = name();
        if (accept(".")) {
            return new Path(first, name());
        }
        if (current == null) {
            throw error("Write '%s' with its database, or USE one before.".formatted(first));
        }
        return new Path(current, first);
    }

    private String name() {
        if (!peek().isName()) {
            throw error("A name is missing before '%s'.".formatted(peek().text()));
        }
        return next().text();
    }

    private int number() {
        try {
            return Integer.parseInt(peek().text());
        } catch (NumberFormatException e) {
            throw error("'%s' is no whole number.".formatted(peek().text()));
        } finally {
            next();
        }
    }

    private void skipOptions() {
        while (!isEnd()) {
            next();
        }
    }

    private boolean isEnd() {
        return peek().kind() == DdlToken.Kind.END || peek().is(";");
    }

    private boolean accept(String wordOrSign) {
        if (peek().is(wordOrSign)) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(String wordOrSign) {
        if (!accept(wordOrSign)) {
            throw error(
                    "%s expected, not '%s'."
                            .formatted(
                                    Character.isLetter(wordOrSign.charAt(0))
                                            ? wordOrSign.toUpperCase(Locale.ROOT)
                                            : "'" + wordOrSign + "'",
                                    peek().text()));
        }
    }

    private DdlToken peek() {
        return tokens.get(at);
    }

    private DdlToken next() {
        DdlToken token = tokens.get(at);
        if (token.kind() == DdlToken.Kind.END) {
            throw error("The definition ends too early.");
        }
        at++;
        return token;
    }

    private IllegalArgumentException error(String message) {
        return DdlToken.error(script, peek().offset(), message);
    }
}
