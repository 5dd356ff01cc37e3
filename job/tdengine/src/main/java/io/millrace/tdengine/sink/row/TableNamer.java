package io.millrace.tdengine.sink.row;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.apache.flink.table.data.RowData;

/** Finds the name of the table that a row goes to. */
@FunctionalInterface
public interface TableNamer {

    /** Returns null if what names the table is NULL. */
    String name(RowData row) throws RowRejectedException;

    /**
     * Makes a namer.
     *
     * @param naming how the user wants it
     * @param superTable its name, for names made of tags
     * @param tags values of its tags in order, for names made of tags
     */
    static TableNamer of(RowPlan.Naming naming, String superTable, List<ValueSource> tags) {
        if (naming instanceof RowPlan.NameTemplate template) {
            TextReader text = TextReader.of(template.text());
            return row -> name(text.read(row), template.lowerCase());
        }
        if (naming instanceof RowPlan.NameField byField) {
            TextReader text = TextReader.of(byField.field());
            TableNamer otherwise = of(byField.otherwise(), superTable, tags);
            return row -> {
                byte[] utf8 = text.read(row);
                return utf8 == null ? otherwise.name(row) : name(utf8, false);
            };
        }
        List<TextReader> values = tags.stream().map(TextReader::of).toList();
        return row -> {
            if (values.isEmpty()) {
                return null;
            }
            StringBuilder joined = new StringBuilder(superTable);
            for (TextReader value : values) {
                byte[] utf8 = value.read(row);
                if (utf8 == null) {
                    return null;
                }
                joined.append('_').append(new String(utf8, StandardCharsets.UTF_8));
            }
            return TableName.of(joined.toString());
        };
    }

    private static String name(byte[] utf8, boolean lowerCase) throws RowRejectedException {
        if (utf8 == null) {
            return null;
        }
        String text = new String(utf8, StandardCharsets.UTF_8);
        return TableName.of(lowerCase ? text.toLowerCase(Locale.ROOT) : text);
    }
}
