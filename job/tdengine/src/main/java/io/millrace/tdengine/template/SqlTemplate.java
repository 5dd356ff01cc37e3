package io.millrace.tdengine.template;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A row of a compiled template: into which table it goes, and which column gets what. Immutable.
 *
 * <p>Three forms are understood, several lists of values and several tables in one statement too.
 * Names without back-ticks are in lower case, as TDengine has them.
 *
 * <pre>
 * INSERT INTO db.t (ts, v) VALUES (${ts}, ${payload.v})
 * INSERT INTO d_${clientid} USING meters (gid) TAGS (${gid}) (ts, v) VALUES (${ts}, ${v})
 * INSERT INTO meters (tbname, ts, v, gid) VALUES ('d_${clientid}', ${ts}, ${v}, ${gid})
 * </pre>
 *
 * <p>A template is compiled once into typed values. Text of a message never becomes SQL: a quote in
 * it is a quote in the column, and in a name it cannot begin another statement. That is where the
 * result differs from pasting text together.
 *
 * <p>What a NULL in a placeholder becomes: with {@code undefined-vars-as-null} it is NULL, also in
 * quotes and for a text of which any part is NULL. Without it, EMQX would send the word {@code
 * undefined}: a broken statement, or a wrong text in the column. Here such a row is a dead letter
 * that names the placeholder. In the name of a table a NULL always is a dead letter.
 *
 * @param database in which the table is; null if the template does not say
 * @param table the table that the row goes to; of the third form the sub-table, in the case of the
 *     row's text
 * @param superTable whose sub-table that is; null for the first form
 * @param columns names, which in the third form may be those of tags as well; empty if the values
 *     are in the table's own order
 * @param values of the columns, as many as there are names; {@code tbname} is not among them
 */
public record SqlTemplate(
        String database,
        TemplateName table,
        SuperTable superTable,
        List<String> columns,
        List<TemplateValue> values) {

    /**
     * A super table.
     *
     * @param name its name
     * @param tagNames of the second form; empty if the values are in the table's own order, and in
     *     the third form
     * @param tagValues of the second form; empty in the third, where columns and tags are mixed
     */
    public record SuperTable(String name, List<String> tagNames, List<TemplateValue> tagValues) {
        public SuperTable {
            tagNames = List.copyOf(tagNames);
            tagValues = List.copyOf(tagValues);
        }
    }

    public SqlTemplate {
        columns = List.copyOf(columns);
        values = List.copyOf(values);
    }

    /**
     * Compiles a template.
     *
     * @return one for each row that it writes: a list of values, of any of its tables
     * @throws SqlTemplateException if it is wrong or asks for something that has no typed form:
     *     functions other than the clock, a subquery, a file
     */
    public static List<SqlTemplate> parse(String sql) {
        return new TemplateParser(new TemplateScanner(sql)).parse();
    }

    /** The same row in the database that the template states, wherever it does. */
    SqlTemplate in(String statedDatabase) {
        return new SqlTemplate(statedDatabase, table, superTable, columns, values);
    }

    /**
     * All fields that the row uses, each as names from the row inwards, in order; an empty list of
     * names is the whole row.
     */
    public Set<List<String>> paths() {
        Set<List<String>> paths = new LinkedHashSet<>();
        addPaths(paths, table.parts());
        Stream<TemplateValue> tags =
                superTable == null ? Stream.empty() : superTable.tagValues().stream();
        Stream.concat(tags, values.stream()).forEach(value -> addPaths(paths, value));
        return paths;
    }

    private static void addPaths(Set<List<String>> paths, TemplateValue value) {
        if (value instanceof TemplateValue.Placeholder placeholder) {
            paths.add(placeholder.path());
        } else if (value instanceof TemplateValue.Text text) {
            addPaths(paths, text.parts());
        } else if (value instanceof TemplateValue.Time time && time.value() != null) {
            addPaths(paths, time.value());
        }
    }

    private static void addPaths(Set<List<String>> paths, List<TextPart> parts) {
        for (TextPart part : parts) {
            if (part instanceof TextPart.Field field) {
                paths.add(field.path());
            }
        }
    }
}
