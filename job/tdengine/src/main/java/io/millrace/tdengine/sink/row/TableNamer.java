package io.millrace.tdengine.sink.row;

import java.util.ArrayList;
import java.util.List;
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
            NameCache names = new NameCache(template.lowerCase());
            return row -> names.name(text.read(row));
        }
        if (naming instanceof RowPlan.NameField byField) {
            TextReader text = TextReader.of(byField.field());
            NameCache names = new NameCache(false);
            TableNamer otherwise = of(byField.otherwise(), superTable, tags);
            return row -> {
                byte[] utf8 = text.read(row);
                return utf8 == null ? otherwise.name(row) : names.name(utf8);
            };
        }
        if (tags.isEmpty()) {
            return row -> null;
        }
        List<ValueSource> parts = new ArrayList<>();
        parts.add(new ValueSource.Constant(superTable));
        for (ValueSource tag : tags) {
            parts.add(new ValueSource.Constant("_"));
            parts.add(tag);
        }
        TextReader text = TextReader.of(new ValueSource.Text(parts));
        NameCache names = new NameCache(false);
        return row -> names.name(text.read(row));
    }
}
