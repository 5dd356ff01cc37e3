package io.millrace.devkit.tdengine.engine;

import io.millrace.devkit.tdengine.sql.ColumnType;
import io.millrace.devkit.tdengine.sql.DataType;
import io.millrace.devkit.tdengine.sql.Statement.Definition;
import io.millrace.devkit.tdengine.sql.TaosException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes columns of what CREATE TABLE says, and text of columns to keep them in H2. */
final class Definitions {
    private static final int MAXIMUM_COLUMNS = 4096;
    private static final int MAXIMUM_TAGS = 128;

    private Definitions() {}

    static List<Column> columns(List<Definition> definitions) {
        if (definitions.get(0).type().type() != DataType.TIMESTAMP) {
            throw new TaosException(0x2641, "First column must be timestamp");
        }
        if (definitions.size() < 2) {
            throw new TaosException(0x263f, "Illegal number of columns");
        }
        if (definitions.size() > MAXIMUM_COLUMNS) {
            throw new TaosException(0x2640, "Too many columns");
        }
        List<Column> columns = new ArrayList<>();
        for (Definition definition : definitions) {
            if (definition.type().type() == DataType.JSON) {
                throw new TaosException(0x2652, "Only tag can be json type");
            }
            Column.Kind kind =
                    columns.isEmpty()
                            ? Column.Kind.TIME
                            : definition.primaryKey() ? Column.Kind.KEY : Column.Kind.VALUE;
            if (kind == Column.Kind.KEY && columns.size() != 1) {
                throw new TaosException(0x2600, "Primary key column must be the second column");
            }
            columns.add(new Column(definition.name(), definition.type(), columns.size(), kind));
        }
        return columns;
    }

    static List<Column> tags(List<Definition> definitions, int firstId) {
        if (definitions.size() > MAXIMUM_TAGS) {
            throw new TaosException(0x260e, "Invalid number of tag columns");
        }
        List<Column> tags = new ArrayList<>();
        for (Definition definition : definitions) {
            tags.add(
                    new Column(
                            definition.name(),
                            definition.type(),
                            firstId + tags.size(),
                            Column.Kind.TAG));
        }
        return tags;
    }

    static void checkNames(List<Column> columns, List<Column> tags) {
        Set<String> names = new HashSet<>();
        for (List<Column> list : List.of(columns, tags)) {
            for (Column column : list) {
                if (!names.add(column.name())) {
                    throw new TaosException(0x263c, "Duplicated column names");
                }
            }
        }
    }

    /** Columns as lines of text. */
    static String write(List<Column> columns, List<Column> tags) {
        List<Column> all = new ArrayList<>(columns);
        all.addAll(tags);
        return all.stream()
                .map(c -> c.id() + "\t" + c.kind() + "\t" + c.type().sql() + "\t" + c.name())
                .collect(Collectors.joining("\n"));
    }

    /** The columns or the tags of such lines. */
    static List<Column> read(ResultSet row, boolean tags) throws SQLException {
        List<Column> columns = new ArrayList<>();
        for (String line : row.getString("COLS").split("\n")) {
            String[] parts = line.split("\t", 4);
            Column.Kind kind = Column.Kind.valueOf(parts[1]);
            if ((kind == Column.Kind.TAG) == tags) {
                columns.add(
                        new Column(
                                parts[3],
                                ColumnType.parse(parts[2]),
                                Integer.parseInt(parts[0]),
                                kind));
            }
        }
        return columns;
    }
}
