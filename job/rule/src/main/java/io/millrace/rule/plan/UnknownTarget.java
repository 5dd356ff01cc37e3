package io.millrace.rule.plan;

import io.millrace.rule.RuleException;
import io.millrace.tdengine.table.TDengineDynamicTableFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.TableDescriptor;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.VarCharType;

/**
 * The target of a rule that is checked without the server, or whose target is wrong: it takes what
 * the rule gives, so that all else about the rule can be checked.
 *
 * @param path its full name
 * @param options of its connection; empty if its connection is not known
 */
record UnknownTarget(Rule rule, ObjectIdentifier path, Optional<Map<String, String>> options)
        implements Target {

    @Override
    public boolean isKnown() {
        return false;
    }

    @Override
    public List<Column> written() {
        return rule.columns().orElse(List.of()).stream()
                .map(name -> (Column) Column.physical(name.getSimple(), DataTypes.STRING()))
                .toList();
    }

    @Override
    public Optional<String> connector() {
        return options.map(given -> TDengineDynamicTableFactory.IDENTIFIER);
    }

    @Override
    public boolean checksNumbers() {
        return true;
    }

    @Override
    public boolean keepsLetters() {
        return true;
    }

    @Override
    public boolean hasColumn(String name) {
        return written().stream().anyMatch(column -> column.getName().equals(name));
    }

    @Override
    public String register(
            Session session,
            Rule owner,
            List<Column> columns,
            List<LogicalType> types,
            boolean letters) {
        Schema.Builder schema = Schema.newBuilder();
        for (int i = 0; i < columns.size(); i++) {
            schema.column(columns.get(i).getName(), DataTypes.of(types.get(i).copy(true)));
        }
        Map<String, String> all = new HashMap<>(options.orElseThrow());
        boolean subTables =
                owner.options().containsKey("sub-table")
                        || owner.options().containsKey("super-table")
                        || hasColumn("tbname");
        all.put("database", path.getDatabaseName());
        all.put(subTables ? "super-table" : "table", path.getObjectName());
        if (!subTables) {
            all.remove("sub-table");
        }
        TableDescriptor.Builder table =
                TableDescriptor.forConnector(TDengineDynamicTableFactory.IDENTIFIER)
                        .schema(schema.build());
        all.forEach(table::option);
        return TableTarget.own(session, owner, path, table.build());
    }

    /**
     * The INSERT of a rule whose query gives these columns.
     *
     * @return nothing if too little is known to make one
     * @throws RuleException if the rule lists another number of columns
     */
    Optional<String> insert(Session session, List<Column> given) {
        if (rule.columns().isEmpty()) {
            return Optional.empty();
        }
        List<Column> columns = written();
        FlinkRules.requireCount(rule, given.size(), columns);
        if (options.isEmpty()) {
            return Optional.empty();
        }
        List<LogicalType> types =
                given.stream()
                        .map(column -> column.getDataType().getLogicalType())
                        .map(UnknownTarget::storable)
                        .toList();
        List<String> aliases = IntStream.range(0, types.size()).mapToObj(i -> "c" + i).toList();
        List<String> selected = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            boolean isNull = given.get(i).getDataType().getLogicalType().is(LogicalTypeRoot.NULL);
            selected.add(isNull ? "CAST(NULL AS STRING)" : aliases.get(i));
        }
        String into = register(session, rule, columns, types, false);
        return Optional.of(
                "INSERT INTO %s %s (%s) SELECT %s FROM (%s\n) AS r (%s)"
                        .formatted(
                                into,
                                rule.hints(),
                                String.join(
                                        ", ",
                                        rule.columns().get().stream()
                                                .map(SqlIdentifier::getSimple)
                                                .map(Session::quoted)
                                                .toList()),
                                String.join(", ", selected),
                                rule.queryText().strip(),
                                String.join(", ", aliases)));
    }

    private static LogicalType storable(LogicalType type) {
        return type.is(LogicalTypeRoot.NULL) ? VarCharType.STRING_TYPE : type.copy(true);
    }
}
