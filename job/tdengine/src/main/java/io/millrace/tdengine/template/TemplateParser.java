package io.millrace.tdengine.template;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Reads the statement of a template. For one use. */
final class TemplateParser {
    private static final String SUB_TABLE_COLUMN = "tbname";

    private final TemplateScanner scanner;
    private final TemplateValueParser valueParser;

    /** As far as it is known. */
    private String database;

    TemplateParser(TemplateScanner scanner) {
        this.scanner = scanner;
        this.valueParser = new TemplateValueParser(scanner);
    }

    /** One for each row that the statement writes. */
    List<SqlTemplate> parse() {
        if (!scanner.takeWordIf("INSERT")) {
            throw scanner.problem(
                    "a template begins with INSERT INTO, found is " + scanner.found() + ".");
        }
        expectWord("INTO", "after INSERT");
        List<SqlTemplate> rows = new ArrayList<>();
        do {
            rows.addAll(rowsOfTable());
        } while (another());
        // The database may be said with a later table only.
        return rows.stream().map(row -> row.in(database)).toList();
    }

    private List<SqlTemplate> rowsOfTable() {
        int tableAt = scanner.position();
        TemplateName table = table("of the table, after INTO");
        List<String> columns = columnsIfAny();
        SqlTemplate.SuperTable superTable = null;
        if (scanner.takeWordIf("USING")) {
            superTable = using();
            columns = columns.isEmpty() ? columnsIfAny() : columns;
        }
        refuseOtherSources();
        expectWord("VALUES", "before the values");
        List<SqlTemplate> rows = new ArrayList<>();
        boolean more;
        do {
            int valuesAt = scanner.position();
            List<TemplateValue> values = list("of the values", valueParser::value);
            checkCount(valuesAt, "column", columns, values);
            rows.add(
                    columns.contains(SUB_TABLE_COLUMN)
                            ? bySubTableColumn(tableAt, table, superTable, columns, values)
                            : new SqlTemplate(database, table, superTable, columns, values));
            more = scanner.takeIf(',');
            scanner.skipSpace();
        } while (more || scanner.peek() == '(');
        return rows;
    }

    private SqlTemplate.SuperTable using() {
        int at = scanner.position();
        String name =
                table("of the super table, after USING")
                        .fixed()
                        .orElseThrow(
                                () ->
                                        scanner.problemAt(
                                                at,
                                                "the super table has to be the same for all rows;"
                                                        + " write its name without a placeholder."));
        List<String> tagNames = columnsIfAny();
        expectWord("TAGS", "after the super table");
        int tagsAt = scanner.position();
        List<TemplateValue> tagValues = list("of the tags", valueParser::value);
        checkCount(tagsAt, "tag", tagNames, tagValues);
        return new SqlTemplate.SuperTable(name, tagNames, tagValues);
    }

    /** {@code INSERT INTO stb (tbname, …)}: the value of tbname names the sub-table. */
    private SqlTemplate bySubTableColumn(
            int tableAt,
            TemplateName table,
            SqlTemplate.SuperTable using,
            List<String> columns,
            List<TemplateValue> values) {
        if (using != null) {
            throw scanner.problemAt(
                    tableAt, "USING and the column tbname both name the sub-table; keep one.");
        }
        String superTable =
                table.fixed()
                        .orElseThrow(
                                () ->
                                        scanner.problemAt(
                                                tableAt,
                                                "with the column tbname the table is a super table,"
                                                        + " which has to be the same for all rows."));
        int position = columns.indexOf(SUB_TABLE_COLUMN);
        List<String> otherColumns = new ArrayList<>(columns);
        List<TemplateValue> otherValues = new ArrayList<>(values);
        otherColumns.remove(position);
        List<TextPart> name = subTable(tableAt, otherValues.remove(position));
        if (otherColumns.isEmpty()) {
            throw scanner.problemAt(tableAt, "there is no column besides tbname; add the time's.");
        }
        return new SqlTemplate(
                database,
                new TemplateName(name, true),
                new SqlTemplate.SuperTable(superTable, List.of(), List.of()),
                otherColumns,
                otherValues);
    }

    private List<TextPart> subTable(int tableAt, TemplateValue value) {
        if (value instanceof TemplateValue.Placeholder placeholder) {
            return List.of(new TextPart.Field(placeholder.path()));
        }
        if (value instanceof TemplateValue.Text text) {
            return text.parts();
        }
        if (value instanceof TemplateValue.Literal literal
                && literal.value() instanceof String text
                && !text.isEmpty()) {
            return List.of(new TextPart.Fixed(text));
        }
        throw scanner.problemAt(
                tableAt, "the value of tbname has to be a text such as 'd_${clientid}'.");
    }

    private TemplateName table(String purpose) {
        int at = scanner.position();
        TemplateName first = name(purpose);
        if (scanner.peek() != '.') {
            return first;
        }
        scanner.take(1);
        String stated =
                first.fixed()
                        .orElseThrow(
                                () ->
                                        scanner.problemAt(
                                                at,
                                                "the database has to be the same for all rows;"
                                                        + " write its name without a placeholder."));
        if (database != null && !database.equals(stated)) {
            throw scanner.problemAt(
                    at,
                    "this table is in database '"
                            + stated
                            + "' and another in '"
                            + database
                            + "'; both have to be in one.");
        }
        database = stated;
        return name(purpose);
    }

    private TemplateName name(String purpose) {
        int start = scanner.position();
        if (scanner.peek() == '`') {
            return new TemplateName(scanner.backTicked(), true);
        }
        List<TextPart> parts = scanner.bare();
        boolean digitFirst =
                !parts.isEmpty()
                        && parts.get(0) instanceof TextPart.Fixed fixed
                        && Character.isDigit(fixed.text().charAt(0));
        if (parts.isEmpty() || digitFirst) {
            throw scanner.problemAt(
                    start,
                    "a name "
                            + purpose
                            + " is expected, found is "
                            + (digitFirst ? "a digit" : scanner.found())
                            + ". Names are letters, digits and '_', or anything in back-ticks.");
        }
        return new TemplateName(parts, false);
    }

    private List<String> columnsIfAny() {
        scanner.skipSpace();
        if (scanner.peek() != '(') {
            return List.of();
        }
        return list("of the names", this::column);
    }

    private String column() {
        int at = scanner.position();
        return name("of a column")
                .fixed()
                .orElseThrow(
                        () ->
                                scanner.problemAt(
                                        at,
                                        "a column has to be the same for all rows; write its name"
                                                + " without a placeholder."));
    }

    private <T> List<T> list(String purpose, Supplier<T> item) {
        scanner.expect('(', "at the beginning " + purpose);
        List<T> items = new ArrayList<>();
        do {
            int at = scanner.position();
            T next = item.get();
            if (next instanceof String && items.contains(next)) {
                throw scanner.problemAt(at, "'" + next + "' is named twice.");
            }
            items.add(next);
        } while (scanner.takeIf(','));
        scanner.expect(')', "or ',' after one " + purpose);
        return items;
    }

    private void checkCount(int at, String what, List<String> names, List<TemplateValue> values) {
        if (!names.isEmpty() && names.size() != values.size()) {
            throw scanner.problemAt(
                    at,
                    names.size()
                            + " "
                            + what
                            + "s are named and "
                            + values.size()
                            + " values are given; as many are needed.");
        }
    }

    private void refuseOtherSources() {
        switch (scanner.peekWord()) {
            case "SELECT" ->
                    throw scanner.problem(
                            "a subquery cannot be a template; write VALUES, and the query as the"
                                    + " rule.");
            case "FILE" ->
                    throw scanner.problem("FILE cannot be a template; write VALUES and the row.");
            default -> {}
        }
    }

    /** Whether another table follows. */
    private boolean another() {
        boolean ended = false;
        while (scanner.takeIf(';')) {
            ended = true;
        }
        scanner.skipSpace();
        if (scanner.atEnd()) {
            return false;
        }
        if (ended || scanner.peekWord().equals("INSERT")) {
            throw scanner.problem(
                    "a template is one statement with one INSERT INTO, but "
                            + scanner.found()
                            + " follows; further tables follow without it: INSERT INTO a VALUES"
                            + " (...) b VALUES (...).");
        }
        return true;
    }

    private void expectWord(String word, String purpose) {
        if (!scanner.takeWordIf(word)) {
            throw scanner.problem(
                    word + " is expected " + purpose + ", found is " + scanner.found() + ".");
        }
    }
}
