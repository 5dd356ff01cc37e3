package io.millrace.cli.terminal;

import java.util.ArrayList;
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
        return of(heads, rows, WIDEST);
    }

    /**
     * Formats a table as above.
     *
     * @param widest so many characters may a cell have
     */
    public static String of(List<String> heads, List<List<String>> rows, int widest) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(heads);
        rows.forEach(row -> lines.add(row.stream().map(RowTable::plain).toList()));
        Column[] columns = new Column[heads.size()];
        for (int i = 0; i < columns.length; i++) {
            int column = i;
            int width = lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
            columns[i] = new Column(Math.min(width, widest) + INDENT, INDENT, Overflow.TRUNCATE);
        }
        TextTable table = TextTable.forColumns(Help.defaultColorScheme(Ansi.OFF), columns);
        lines.forEach(line -> table.addRowValues(line.toArray(String[]::new)));
        return table.toString().stripTrailing();
    }

    private static String plain(String cell) {
        // "@|" begins markup, which picocli cannot be told to leave alone.
        return cell.replaceAll("\\p{Cntrl}", "?").replace("@|", "@ |");
    }
}
