package io.millrace.cli.terminal;

import java.util.List;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;

/** Lays rows out in columns, each as wide as its widest cell up to a limit. Stateless. */
public final class RowTable {
    private static final int WIDEST = 40;
    private static final int INDENT = 2;

    private RowTable() {}

    /**
     * Formats a table.
     *
     * @param heads one per column
     * @param rows each with as many cells as there are heads; control characters in cells, which a
     *     terminal might obey, are shown as question marks
     */
    public static String of(List<String> heads, List<List<String>> rows) {
        Column[] columns = new Column[heads.size()];
        for (int i = 0; i < columns.length; i++) {
            int column = i;
            int width =
                    rows.stream()
                            .mapToInt(row -> row.get(column).length())
                            .reduce(heads.get(i).length(), Math::max);
            columns[i] = new Column(Math.min(width, WIDEST) + INDENT, INDENT, Overflow.TRUNCATE);
        }
        TextTable table = TextTable.forColumns(Help.defaultColorScheme(Ansi.OFF), columns);
        table.addRowValues(heads.toArray(String[]::new));
        rows.forEach(
                row ->
                        table.addRowValues(
                                row.stream().map(RowTable::plain).toArray(String[]::new)));
        return table.toString().stripTrailing();
    }

    private static String plain(String cell) {
        // "@|" begins markup, which picocli cannot be told to leave alone.
        return cell.replaceAll("\\p{Cntrl}", "?").replace("@|", "@ |");
    }
}
