package io.millrace.tdengine.catalog;

import io.millrace.common.Problems;
import io.millrace.tdengine.client.SqlText;
import io.millrace.tdengine.client.TDengineType;
import io.millrace.tdengine.client.TargetColumn;
import io.millrace.tdengine.client.TimePrecision;
import io.millrace.tdengine.table.TDengineDynamicTableFactory;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.catalog.UniqueConstraint;
import org.apache.flink.table.factories.FactoryUtil;

/**
 * Writes CREATE TABLE. Columns named in PARTITIONED BY are tags, and so are those whose comment
 * says so; a table with tags is a super table. Belongs to one table.
 */
final class TableDdl {
    private static final Set<TDengineType> KEY_TYPES =
            EnumSet.of(
                    TDengineType.INT,
                    TDengineType.INT_UNSIGNED,
                    TDengineType.BIGINT,
                    TDengineType.BIGINT_UNSIGNED,
                    TDengineType.VARCHAR);

    private final ObjectPath path;
    private final ResolvedCatalogTable table;
    private final Problems problems = new Problems();

    private TableDdl(ObjectPath path, ResolvedCatalogTable table) {
        this.path = path;
        this.table = table;
    }

    /**
     * Creates a table.
     *
     * @param precision of its database
     * @param ownOptions the options that this catalog gives all its tables
     * @throws ValidationException with all that TDengine cannot do
     */
    static String create(
            ObjectPath path,
            ResolvedCatalogTable table,
            TimePrecision precision,
            Set<String> ownOptions) {
        return new TableDdl(path, table).create(precision, ownOptions);
    }

    private String create(TimePrecision precision, Set<String> ownOptions) {
        NameRules.check(problems, "table", path.getObjectName(), NameRules.LONGEST_TABLE);
        ResolvedSchema schema = table.getResolvedSchema();
        problems.require(
                schema.getWatermarkSpecs().isEmpty(),
                "Table '" + path.getFullName() + "' has a watermark, " + notKept());
        problems.require(
                table.getDistribution().isEmpty(),
                "Table '" + path.getFullName() + "' is distributed, " + notKept());
        String connector = table.getOptions().get(FactoryUtil.CONNECTOR.key());
        if (connector != null && !connector.equals(TDengineDynamicTableFactory.IDENTIFIER)) {
            throw new ValidationException(
                    "Table '"
                            + path.getFullName()
                            + "' has the connector '"
                            + connector
                            + "'; a catalog of TDengine has only tables of TDengine. Use CREATE"
                            + " TEMPORARY TABLE, or create it in another catalog.");
        }
        for (Map.Entry<String, String> option : table.getOptions().entrySet()) {
            problems.require(
                    ownOptions.contains(option.getKey()),
                    "Option '"
                            + option.getKey()
                            + "' of table '"
                            + path.getFullName()
                            + "' would be lost: TDengine keeps no options of Flink. Set it for the"
                            + " catalog, or give it where the table is used: /*+ OPTIONS(...) */.");
        }
        List<TargetColumn> columns = columns(schema, precision);
        List<TargetColumn> tags = columns.stream().filter(TargetColumn::isTag).toList();
        List<TargetColumn> values = columns.stream().filter(c -> !c.isTag()).toList();
        checkShape(values, tags);
        String key = key(schema, values, !tags.isEmpty());
        problems.throwIfAny(ValidationException::new);
        return "CREATE "
                + (tags.isEmpty() ? "TABLE " : "STABLE ")
                + SqlText.name(path.getDatabaseName())
                + "."
                + SqlText.name(path.getObjectName())
                + values.stream()
                        .map(c -> define(c) + (c.name().equals(key) ? " PRIMARY KEY" : ""))
                        .collect(Collectors.joining(", ", " (", ")"))
                + (tags.isEmpty()
                        ? ""
                        : tags.stream()
                                .map(TableDdl::define)
                                .collect(Collectors.joining(", ", " TAGS (", ")")))
                + (table.getComment() == null || table.getComment().isEmpty()
                        ? ""
                        : " COMMENT " + SqlText.literal(table.getComment()));
    }

    private static String notKept() {
        return "which TDengine does not keep. Leave it out, or use CREATE TEMPORARY TABLE.";
    }

    static String define(TargetColumn column) {
        return SqlText.name(column.name()) + " " + column.describeType();
    }

    private List<TargetColumn> columns(ResolvedSchema schema, TimePrecision precision) {
        Set<String> tags = new HashSet<>(table.getPartitionKeys());
        List<TargetColumn> columns = new ArrayList<>();
        for (Column column : schema.getColumns()) {
            if (!column.isPhysical()) {
                problems.add(
                        "Column '" + column.getName() + "' is computed or metadata, " + notKept());
            } else if (!column.getName().equalsIgnoreCase(ShownTable.SUB_TABLE_COLUMN)) {
                TargetColumn declared =
                        DeclaredColumn.of(
                                column.getName(),
                                column.getDataType(),
                                column.getComment().orElse(null),
                                tags.contains(column.getName())
                                        ? TargetColumn.Role.TAG
                                        : TargetColumn.Role.VALUE,
                                precision,
                                problems);
                if (declared != null) {
                    columns.add(declared);
                }
            }
        }
        return columns;
    }

    private void checkShape(List<TargetColumn> values, List<TargetColumn> tags) {
        problems.require(
                !values.isEmpty() && values.get(0).type() == TDengineType.TIMESTAMP,
                "The first column of table '"
                        + path.getFullName()
                        + "' must be its time, of type TIMESTAMP_LTZ"
                        + (values.isEmpty()
                                ? "."
                                : "; it is " + define(values.get(0)) + ". Put the time first."));
        problems.require(
                values.size() >= 2,
                "Table '" + path.getFullName() + "' needs another column beside its time.");
        problems.require(
                tags.size() < 2 || tags.stream().noneMatch(t -> t.type() == TDengineType.JSON),
                "A JSON tag of table '" + path.getFullName() + "' must be its only tag.");
        values.stream()
                .filter(column -> column.type() == TDengineType.JSON)
                .forEach(
                        column ->
                                problems.add(
                                        "Column '"
                                                + column.name()
                                                + "' is JSON, which only a tag can be."));
    }

    /** The second column of the key, or null if the time alone is the key. */
    private String key(ResolvedSchema schema, List<TargetColumn> values, boolean superTable) {
        List<String> said =
                values.stream()
                        .filter(column -> column.role() == TargetColumn.Role.KEY)
                        .map(TargetColumn::name)
                        .toList();
        List<String> declared =
                schema.getPrimaryKey().map(UniqueConstraint::getColumns).orElse(List.of());
        List<String> names = values.stream().map(TargetColumn::name).toList();
        List<String> key = declared.stream().filter(names::contains).toList();
        String second = names.size() < 2 ? null : names.get(1);
        if (!declared.isEmpty() && second != null) {
            boolean whole = key.contains(names.get(0)) && names.indexOf(last(key, names)) <= 1;
            problems.require(
                    whole && (!superTable || declared.size() > key.size()),
                    "Table '"
                            + path.getFullName()
                            + "' has the primary key "
                            + declared
                            + "; TDengine's is the time '"
                            + names.get(0)
                            + "', or the time and the second column '"
                            + second
                            + "'"
                            + (superTable
                                    ? ", in each sub-table: name 'tbname' or the tags as well."
                                    : "."));
        }
        String used = key.size() > 1 ? second : said.isEmpty() ? null : said.get(0);
        if (used == null) {
            return null;
        }
        problems.require(
                used.equals(second),
                "Column '" + used + "' is part of the key and must be the second column.");
        values.stream()
                .filter(column -> column.name().equals(used))
                .forEach(
                        column ->
                                problems.require(
                                        KEY_TYPES.contains(column.type()),
                                        "Column '"
                                                + used
                                                + "' is part of the key and is "
                                                + column.describeType()
                                                + "; allowed are INT, BIGINT (UNSIGNED or not) and"
                                                + " VARCHAR (COMMENT 'VARCHAR(20)')."));
        return used;
    }

    private static String last(List<String> key, List<String> names) {
        return key.stream().max((a, b) -> names.indexOf(a) - names.indexOf(b)).orElse("");
    }
}
