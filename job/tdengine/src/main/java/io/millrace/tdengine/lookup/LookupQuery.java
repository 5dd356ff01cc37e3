package io.millrace.tdengine.lookup;

import io.millrace.tdengine.client.TDengineType;
import io.millrace.tdengine.scan.Condition;
import io.millrace.tdengine.scan.Predicate;
import io.millrace.tdengine.scan.PredicateRenderer;
import io.millrace.tdengine.scan.ReadColumn;
import io.millrace.tdengine.scan.ReadRefusedException;
import io.millrace.tdengine.scan.ReadTable;
import io.millrace.tdengine.scan.ScanField;
import io.millrace.tdengine.scan.ScanSettings;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;

/**
 * The query for the last row of each sub-table among those that have the key. A pushed condition on
 * columns filters these last rows rather than choosing others, so that the result does not depend
 * on what the planner pushes down. Immutable.
 */
final class LookupQuery {
    /** What TDengine compares otherwise than Flink. */
    private static final Set<TDengineType> NO_KEYS =
            EnumSet.of(
                    TDengineType.FLOAT,
                    TDengineType.DOUBLE,
                    TDengineType.DECIMAL,
                    TDengineType.JSON,
                    TDengineType.GEOMETRY,
                    TDengineType.VARBINARY);

    private final ReadTable table;
    private final List<ScanField> keys;
    private final RowData.FieldGetter[] getters;
    private final PredicateRenderer renderer;
    private final Condition tags;
    private final Condition afterwards;

    /** Where each column is in a result, by how it is written. */
    private final Map<String, Integer> positions = new LinkedHashMap<>();

    private final String selected;

    /**
     * Makes the query for a table as it is now.
     *
     * @throws ReadRefusedException if a column is missing or cannot be a key
     */
    LookupQuery(ReadTable table, LookupSettings settings) {
        this.table = table;
        this.keys = settings.keys();
        ScanSettings scan = settings.scan();
        this.renderer = new PredicateRenderer(table, scan.unitsPerSecond());
        this.tags = renderer.renderPart(scan.predicate(), ReadColumn::isTag);
        boolean onlyTags =
                scan.predicate() == null
                        || scan.predicate().fields().stream()
                                .allMatch(field -> table.column(field.name()).isTag());
        this.afterwards = onlyTags ? Condition.ALWAYS : renderer.renderAll(scan.predicate());
        this.getters = new RowData.FieldGetter[keys.size()];
        for (int i = 0; i < getters.length; i++) {
            ScanField key = keys.get(i);
            getters[i] = RowData.createFieldGetter(key.type(), i);
            ReadColumn column = table.column(key.name());
            if (NO_KEYS.contains(column.type())) {
                throw new ReadRefusedException(
                        "Column '"
                                + key.name()
                                + "' is "
                                + column.column().describeType()
                                + " in TDengine and cannot be a lookup key. Use the sub-table's"
                                + " name (tbname), a tag or a column of whole numbers, text, truth"
                                + " or time.");
            }
        }
        this.selected = select(scan);
    }

    private String select(ScanSettings scan) {
        List<ScanField> fields = new ArrayList<>(scan.fields());
        if (!afterwards.isAlways()) {
            fields.addAll(scan.predicate().fields());
        }
        Map<String, String> items = new LinkedHashMap<>();
        put(items, table.time());
        fields.forEach(field -> put(items, table.column(field.name())));
        items.keySet().forEach(name -> positions.put(name, positions.size() + 1));
        return String.join(", ", items.values());
    }

    private static void put(Map<String, String> items, ReadColumn column) {
        items.put(
                column.sql(),
                column.isTag()
                        ? column.sql()
                        : "LAST_ROW(" + column.sql() + ") AS " + column.sql());
    }

    /** Where a field is in a result, from 1. */
    int position(ScanField field) {
        return positions.get(table.column(field.name()).sql());
    }

    /** The query for a key; empty if no row can have it. */
    Optional<String> sql(RowData key) {
        List<Condition> conditions = new ArrayList<>();
        for (int i = 0; i < getters.length; i++) {
            Object value = getters[i].getFieldOrNull(key);
            if (value == null) {
                return Optional.empty();
            }
            Condition condition =
                    renderer.renderAll(
                            new Predicate.Comparison(
                                    keys.get(i), Predicate.Operator.EQUAL, literal(value)));
            // A text that cannot be written cannot be found either.
            conditions.add(condition.isAlways() ? Condition.NEVER : condition);
        }
        conditions.add(tags);
        Condition where = Condition.all(conditions);
        if (where.isNever() || afterwards.isNever()) {
            return Optional.empty();
        }
        String inner =
                "SELECT "
                        + selected
                        + " FROM "
                        + table.sqlName()
                        + (where.isAlways() ? "" : " WHERE " + where.sql())
                        + " PARTITION BY "
                        + ReadTable.TABLE_NAME;
        return Optional.of(
                afterwards.isAlways()
                        ? inner
                        : positions.keySet().stream()
                                .collect(
                                        Collectors.joining(
                                                ", ",
                                                "SELECT ",
                                                " FROM ("
                                                        + inner
                                                        + ") WHERE "
                                                        + afterwards.sql())));
    }

    private static Serializable literal(Object value) {
        if (value instanceof Boolean truth) {
            return truth;
        }
        if (value instanceof TimestampData time) {
            return time.toInstant();
        }
        if (value instanceof DecimalData decimal) {
            return decimal.toBigDecimal();
        }
        return value instanceof Number number
                ? BigDecimal.valueOf(number.longValue())
                : value.toString();
    }
}
