package io.millrace.tdengine.table;

import io.millrace.tdengine.lookup.LookupSettings;
import io.millrace.tdengine.lookup.TDengineAsyncLookup;
import io.millrace.tdengine.lookup.TDengineLookup;
import io.millrace.tdengine.scan.Predicate;
import io.millrace.tdengine.scan.ScanField;
import io.millrace.tdengine.scan.ScanSettings;
import io.millrace.tdengine.scan.TDengineSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.LookupTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.SourceProvider;
import org.apache.flink.table.connector.source.abilities.SupportsFilterPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsLimitPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsProjectionPushDown;
import org.apache.flink.table.connector.source.lookup.AsyncLookupFunctionProvider;
import org.apache.flink.table.connector.source.lookup.LookupFunctionProvider;
import org.apache.flink.table.connector.source.lookup.PartialCachingAsyncLookupProvider;
import org.apache.flink.table.connector.source.lookup.PartialCachingLookupProvider;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

/** A TDengine table that is read, as the planner sees it: as a scan or to look up last rows. */
final class TDengineDynamicTableSource
        implements ScanTableSource,
                LookupTableSource,
                SupportsProjectionPushDown,
                SupportsFilterPushDown,
                SupportsLimitPushDown {
    private final SourceOptions options;
    private List<ScanField> fields;
    private Predicate predicate;
    private long limit = -1;

    TDengineDynamicTableSource(SourceOptions options, RowType rowType) {
        this.options = options;
        this.fields = fields(rowType);
    }

    private static List<ScanField> fields(RowType rowType) {
        return rowType.getFields().stream()
                .map(field -> new ScanField(field.getName(), field.getType()))
                .toList();
    }

    @Override
    public ChangelogMode getChangelogMode() {
        return ChangelogMode.insertOnly();
    }

    @Override
    public boolean supportsNestedProjection() {
        return false;
    }

    @Override
    public void applyProjection(int[][] projectedFields, DataType producedDataType) {
        List<ScanField> all = fields;
        fields = Stream.of(projectedFields).map(path -> all.get(path[0])).toList();
    }

    @Override
    public Result applyFilters(List<ResolvedExpression> filters) {
        List<ResolvedExpression> accepted = new ArrayList<>();
        List<ResolvedExpression> remaining = new ArrayList<>();
        List<Predicate> parts = new ArrayList<>();
        for (ResolvedExpression filter : filters) {
            Optional<FilterTranslator.Pushed> pushed = FilterTranslator.translate(filter);
            if (pushed.isPresent()) {
                accepted.add(filter);
                parts.add(pushed.get().predicate());
            }
            if (pushed.isEmpty() || !pushed.get().exact()) {
                remaining.add(filter);
            }
        }
        predicate = parts.isEmpty() ? null : new Predicate.All(parts);
        return Result.of(accepted, remaining);
    }

    @Override
    public void applyLimit(long rows) {
        limit = rows;
    }

    private ScanSettings settings() {
        return options.scan().with(fields, predicate, limit);
    }

    @Override
    public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
        return SourceProvider.of(new TDengineSource(settings()), options.scanParallelism());
    }

    @Override
    public LookupRuntimeProvider getLookupRuntimeProvider(LookupContext context) {
        List<ScanField> keys = new ArrayList<>();
        for (int[] path : context.getKeys()) {
            if (path.length != 1) {
                throw new ValidationException(
                        "A lookup key of a TDengine table is a whole column; nested ones are not"
                                + " possible.");
            }
            keys.add(fields.get(path[0]));
        }
        LookupSettings lookup = new LookupSettings(settings(), keys, options.lookupRetries());
        try {
            lookup.check();
        } catch (IllegalArgumentException e) {
            throw new ValidationException(e.getMessage(), e);
        }
        if (options.async()) {
            TDengineAsyncLookup function = new TDengineAsyncLookup(lookup, options.connections());
            return options.cache() == null
                    ? AsyncLookupFunctionProvider.of(function)
                    : PartialCachingAsyncLookupProvider.of(function, options.cache());
        }
        TDengineLookup function = new TDengineLookup(lookup);
        return options.cache() == null
                ? LookupFunctionProvider.of(function)
                : PartialCachingLookupProvider.of(function, options.cache());
    }

    @Override
    public DynamicTableSource copy() {
        TDengineDynamicTableSource copy = new TDengineDynamicTableSource(options, RowType.of());
        copy.fields = fields;
        copy.predicate = predicate;
        copy.limit = limit;
        return copy;
    }

    @Override
    public String asSummaryString() {
        return "TDengine";
    }
}
