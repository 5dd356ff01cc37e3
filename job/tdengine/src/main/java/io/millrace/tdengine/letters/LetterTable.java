package io.millrace.tdengine.letters;

import io.millrace.tdengine.client.SqlText;
import io.millrace.tdengine.client.TDengineType;
import io.millrace.tdengine.client.TargetColumn;
import io.millrace.tdengine.client.TargetTable;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The table that keeps dead letters. Time and {@code id} are its key together, so that letters of
 * one moment do not replace each other.
 *
 * @param database its exact name
 * @param name its exact name
 */
public record LetterTable(String database, String name) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** When the row was given up. */
    public static final String TIME = "ts";

    public static final String ID = "id";
    public static final String RULE = "rule";
    public static final String REASON = "reason";

    /** TDengine's code of its refusal. */
    public static final String CODE = "code";

    /** {@code database.table}, or the database alone if the table's name could not be made. */
    public static final String TARGET = "target";

    public static final String SUPER_TABLE = "super_table";

    /** The row's values by column. */
    public static final String ROW = "row_json";

    /** Whether a text of the letter was too long for its column. */
    public static final String SHORTENED = "shortened";

    /** When the row was written after all; NULL as long as it is not. */
    public static final String REPLAYED = "replayed";

    /** Texts and the bytes that are set aside for them; together they fit into a row. */
    private static final List<TargetColumn> TEXTS =
            List.of(
                    text(RULE, 1_024),
                    text(REASON, 4_096),
                    text(CODE, 16),
                    text(TARGET, 512),
                    text(SUPER_TABLE, 256),
                    text(ROW, 48_000));

    private static final int ID_BYTES = 48;
    private static final int LONGEST_NAME = 192;

    private static TargetColumn text(String name, int bytes) {
        return new TargetColumn(name, TDengineType.VARCHAR, bytes, 0, TargetColumn.Role.VALUE);
    }

    /**
     * Reads {@code NAME} or {@code database.NAME}; both keep their case.
     *
     * @param defaultDatabase for the first form; null if there is none
     * @throws IllegalArgumentException if it is no name
     */
    public static LetterTable parse(String text, String defaultDatabase) {
        int dot = text.indexOf('.');
        String database = dot < 0 ? defaultDatabase : text.substring(0, dot);
        String name = text.substring(dot + 1);
        if (database == null) {
            throw new IllegalArgumentException(
                    "Dead-letter target 'table:"
                            + text
                            + "' does not say the table's database; write 'table:database."
                            + text
                            + "'.");
        }
        boolean valid =
                !database.isBlank()
                        && !name.isBlank()
                        && name.indexOf('.') < 0
                        && text.indexOf('`') < 0
                        && text.codePoints().allMatch(c -> c >= ' ' && c < 0x7f)
                        && name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME;
        if (!valid) {
            throw new IllegalArgumentException(
                    "Dead-letter target 'table:"
                            + text
                            + "' is no table; allowed are 'table:NAME' and 'table:database.NAME',"
                            + " printable ASCII without back-ticks, names up to 192 characters.");
        }
        return new LetterTable(database, name);
    }

    /** As SQL writes it. */
    public String sql() {
        return SqlText.name(database) + "." + SqlText.name(name);
    }

    @Override
    public String toString() {
        return database + "." + name;
    }

    /** The statement that creates it. */
    public String create() {
        return "CREATE TABLE IF NOT EXISTS "
                + sql()
                + " (ts TIMESTAMP, id VARCHAR("
                + ID_BYTES
                + ") PRIMARY KEY, "
                + TEXTS.stream()
                        .map(column -> column.name() + " " + column.describeType())
                        .collect(Collectors.joining(", "))
                + ", shortened BOOL, replayed TIMESTAMP)";
    }

    /** What keeps a table from taking letters: a sentence, or empty if nothing does. */
    public Optional<String> problem(TargetTable table) {
        List<String> wrong = new ArrayList<>();
        if (table.kind() != TargetTable.Kind.TABLE) {
            wrong.add("it must be a table without tags");
        }
        require(table.timeColumn().name().equals(TIME), "the time must be called ts", wrong);
        boolean keyed =
                table.column(ID)
                        .filter(c -> c.role() == TargetColumn.Role.KEY)
                        .filter(c -> isText(c, ID_BYTES))
                        .isPresent();
        require(keyed, "id VARCHAR(48) must be part of its key", wrong);
        for (TargetColumn text : TEXTS) {
            boolean fits = table.column(text.name()).filter(c -> isText(c, 1)).isPresent();
            require(fits, text.name() + " " + text.describeType() + " is missing", wrong);
        }
        require(has(table, SHORTENED, TDengineType.BOOL), "shortened BOOL is missing", wrong);
        require(
                has(table, REPLAYED, TDengineType.TIMESTAMP),
                "replayed TIMESTAMP is missing",
                wrong);
        return wrong.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "Table '"
                                + this
                                + "' cannot take dead letters: "
                                + String.join(", ", wrong)
                                + ". It has "
                                + table.describeColumns()
                                + ". Name a table in 'sink.dead-letter' that is not there yet, and"
                                + " it is created.");
    }

    private static void require(boolean condition, String otherwise, List<String> wrong) {
        if (!condition) {
            wrong.add(otherwise);
        }
    }

    private static boolean isText(TargetColumn column, int bytes) {
        return column.type() == TDengineType.VARCHAR && column.length() >= bytes;
    }

    private static boolean has(TargetTable table, String name, TDengineType type) {
        return table.column(name).filter(c -> c.type() == type).isPresent();
    }
}
