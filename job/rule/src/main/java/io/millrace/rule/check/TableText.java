package io.millrace.rule.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.expressions.Expression;
import org.apache.flink.table.expressions.SqlCallExpression;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/**
 * Writes a table as the CREATE TABLE that makes it, for people: it can be pasted into any SQL
 * client of Flink. Secrets are shown as references if they are some, and else not. Stateless.
 */
public final class TableText {
    private static final Set<String> SECRETS = Set.of("password", "token", "tls.password");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env\\.|file:)[^}]+}");
    private static final Pattern USER_IN_URL = Pattern.compile("//[^/@]*@");

    /** Names that are no words of SQL. */
    private static final Pattern PLAIN =
            Pattern.compile("[a-z]+_[a-z_]+|payload|topic|clientid|qos|retain|dup");

    private static final int WIDTH = 100;

    private TableText() {}

    /**
     * Writes it.
     *
     * @param name the table's name, in one part
     */
    public static String of(String name, Schema schema, Map<String, String> options) {
        List<String> columns = schema.getColumns().stream().map(TableText::column).toList();
        StringBuilder text = new StringBuilder();
        text.append("CREATE TEMPORARY TABLE ").append(quoted(name)).append(" (\n");
        List<String> lines = new ArrayList<>(packed(columns));
        schema.getWatermarkSpecs()
                .forEach(
                        watermark ->
                                lines.add(
                                        "WATERMARK FOR %s AS %s"
                                                .formatted(
                                                        quoted(watermark.getColumnName()),
                                                        sql(watermark.getWatermarkExpression()))));
        text.append(indented(lines)).append("\n) WITH (\n");
        List<String> given = new ArrayList<>();
        given.add("'connector' = '%s'".formatted(options.get("connector")));
        new TreeMap<>(options)
                .forEach(
                        (key, value) -> {
                            if (!key.equals("connector")) {
                                given.add("'%s' = '%s'".formatted(key, literal(shown(key, value))));
                            }
                        });
        return text.append(indented(given)).append("\n);").toString();
    }

    private static String indented(List<String> lines) {
        return "  " + String.join(",\n  ", lines);
    }

    /** Short columns share a line. */
    private static List<String> packed(List<String> columns) {
        List<String> lines = new ArrayList<>();
        for (String column : columns) {
            int last = lines.size() - 1;
            if (last > 0 && lines.get(last).length() + column.length() + 4 <= WIDTH) {
                lines.set(last, lines.get(last) + ", " + column);
            } else {
                lines.add(column);
            }
        }
        return lines;
    }

    private static String column(Schema.UnresolvedColumn column) {
        String name = quoted(column.getName());
        if (column instanceof Schema.UnresolvedMetadataColumn metadata) {
            return "%s %s METADATA%s%s"
                    .formatted(
                            name,
                            type((DataType) metadata.getDataType()),
                            metadata.getMetadataKey() == null
                                    ? ""
                                    : " FROM '" + metadata.getMetadataKey() + "'",
                            metadata.isVirtual() ? " VIRTUAL" : "");
        }
        if (column instanceof Schema.UnresolvedComputedColumn computed) {
            return "%s AS %s".formatted(name, sql(computed.getExpression()));
        }
        return "%s %s"
                .formatted(
                        name,
                        type((DataType) ((Schema.UnresolvedPhysicalColumn) column).getDataType()));
    }

    private static String type(DataType type) {
        return LogicalTypeChecks.isCompositeType(type.getLogicalType())
                ? type.getLogicalType().asSerializableString()
                : type.getLogicalType().asSummaryString();
    }

    private static String sql(Expression expression) {
        return expression instanceof SqlCallExpression call
                ? call.getSqlExpression()
                : expression.asSummaryString();
    }

    private static String shown(String key, String value) {
        if (SECRETS.contains(key)) {
            return REFERENCE.matcher(value).matches() ? value : "***";
        }
        return USER_IN_URL.matcher(value).replaceAll("//***@");
    }

    private static String quoted(String name) {
        return PLAIN.matcher(name).matches() ? name : "`" + name.replace("`", "``") + "`";
    }

    private static String literal(String text) {
        return text.replace("'", "''");
    }
}
