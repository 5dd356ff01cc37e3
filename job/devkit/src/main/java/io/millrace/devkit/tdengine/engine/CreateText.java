package io.millrace.devkit.tdengine.engine;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The statement that would create a table. */
final class CreateText {
    private CreateText() {}

    static String of(Table table, TagValues tagValues) {
        if (table instanceof SubTable sub) {
            Object[] values = tagValues.of(sub);
            return "CREATE TABLE `"
                    + sub.name()
                    + "` USING `"
                    + sub.parent().name()
                    + "` ("
                    + sub.tags().stream()
                            .map(tag -> "`" + tag.name() + "`")
                            .collect(Collectors.joining(", "))
                    + ") TAGS ("
                    + IntStream.range(0, values.length)
                            .mapToObj(i -> literal(values[i]))
                            .collect(Collectors.joining(", "))
                    + ")";
        }
        String columns = definitions(table.columns());
        return table instanceof SuperTable superTable
                ? "CREATE STABLE `"
                        + table.name()
                        + "` ("
                        + columns
                        + ") TAGS ("
                        + definitions(table.tags())
                        + ")"
                        + comment(superTable.comment())
                : "CREATE TABLE `"
                        + table.name()
                        + "` ("
                        + columns
                        + ")"
                        + comment(((NormalTable) table).comment());
    }

    private static String definitions(List<Column> columns) {
        return columns.stream()
                .map(
                        column ->
                                "`"
                                        + column.name()
                                        + "` "
                                        + column.type().sql()
                                        + (column.kind() == Column.Kind.KEY ? " PRIMARY KEY" : ""))
                .collect(Collectors.joining(", "));
    }

    private static String comment(String comment) {
        return comment == null ? "" : " COMMENT '" + comment.replace("'", "\\'") + "'";
    }

    private static String literal(Object value) {
        if (value == null) {
            return "NULL";
        }
        return value instanceof String ? "\"" + value + "\"" : value.toString();
    }
}
