package io.millrace.tdengine.sink;

import io.millrace.common.Problems;
import io.millrace.common.deadletter.DeadLetterTarget;
import io.millrace.tdengine.client.TDengineConnectionSettings;
import io.millrace.tdengine.sink.plan.ColumnPlanner;
import io.millrace.tdengine.sink.plan.TemplatePlanner;
import io.millrace.tdengine.sink.row.EncodingRules;
import io.millrace.tdengine.sink.row.RowPlan;
import io.millrace.tdengine.sink.schema.SchemaChanges;
import io.millrace.tdengine.sink.schema.SchemaEvolution;
import io.millrace.tdengine.sink.writer.CollisionPolicy;
import io.millrace.tdengine.sink.writer.RetryPolicy;
import io.millrace.tdengine.sink.writer.TableTarget;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/**
 * Gathers what a sink needs and reports all that is wrong at once. Names are those of the SQL
 * connector's options. Not thread-safe.
 */
public final class TDengineSinkBuilder {
    private static final int MOST_BYTES = 64 << 20;

    private final TDengineConnectionSettings.Builder connection =
            TDengineConnectionSettings.builder();
    private String database;
    private String table;
    private String superTable;
    private String subTable;
    private String sql;
    private boolean undefinedVarsAsNull;
    private RowType rowType;
    private int[] targetColumns;
    private boolean hasLetterField;
    private EncodingRules.TimeUnit timeUnit = EncodingRules.TimeUnit.MILLISECOND;
    private EncodingRules.NonFinite nonFinite = EncodingRules.NonFinite.NULL;
    private EncodingRules.NullHandling nullHandling = EncodingRules.NullHandling.WRITE;
    private int maxRows = 10_000;
    private long maxBytes = 4 << 20;
    private int connections = 1;
    private CollisionPolicy collisionPolicy = CollisionPolicy.OVERWRITE;
    private int maxShift = 1_000;
    private DeliveryGuarantee delivery = DeliveryGuarantee.AT_LEAST_ONCE;
    private long maxFrozenBytes = 256L << 20;
    private SchemaEvolution.Mode evolutionMode = SchemaEvolution.Mode.NONE;
    private List<String> tags = List.of();
    private List<String> primaryKey = List.of();
    private DeleteHandling deleteHandling = DeleteHandling.IGNORE;
    private Duration interval = Duration.ofMillis(200);
    private Duration initialDelay = Duration.ofMillis(200);
    private Duration maxDelay = Duration.ofSeconds(10);
    private Duration missingTimeout = Duration.ofSeconds(10);
    private String deadLetter = "log";
    private String rule;

    TDengineSinkBuilder() {}

    /** Where and who; calls to its methods add up. */
    public TDengineConnectionSettings.Builder connection() {
        return connection;
    }

    /** The exact name; by default that of the URL's path or of the template. */
    public TDengineSinkBuilder database(String value) {
        database = value;
        return this;
    }

    /** The exact name of a table; or give {@link #superTable} or {@link #sql}. */
    public TDengineSinkBuilder table(String value) {
        table = value;
        return this;
    }

    /** The exact name of a super table; or give {@link #table} or {@link #sql}. */
    public TDengineSinkBuilder superTable(String value) {
        superTable = value;
        return this;
    }

    /**
     * How sub-tables are named, such as <code>d_${clientid}</code>, if no column {@code tbname}
     * says so; by default by the super table and all tags.
     */
    public TDengineSinkBuilder subTable(String value) {
        subTable = value;
        return this;
    }

    /** A template in the form of rule engines; or give {@link #table} or {@link #superTable}. */
    public TDengineSinkBuilder sql(String value) {
        sql = value;
        return this;
    }

    /** Whether a placeholder of the template without a value is NULL; else a dead letter. */
    public TDengineSinkBuilder undefinedVarsAsNull(boolean value) {
        undefinedVarsAsNull = value;
        return this;
    }

    /** The incoming rows. */
    public TDengineSinkBuilder rowType(RowType value) {
        rowType = value;
        return this;
    }

    /**
     * Whether one field more stands behind those of the type: a text that is NULL, or a dead letter
     * in its JSON form, which the sink keeps instead of the row. So what a query upstream has no
     * row for is kept where the sink keeps its own, and like them before the checkpoint completes.
     */
    public TDengineSinkBuilder letterField(boolean value) {
        hasLetterField = value;
        return this;
    }

    /** Positions of the fields to be written; by default all. */
    public TDengineSinkBuilder targetColumns(int[] value) {
        targetColumns = value.clone();
        return this;
    }

    /** The unit of a whole number that becomes a time. */
    public TDengineSinkBuilder timeUnit(EncodingRules.TimeUnit value) {
        timeUnit = value;
        return this;
    }

    /** What NaN and infinities become. */
    public TDengineSinkBuilder nonFinite(EncodingRules.NonFinite value) {
        nonFinite = value;
        return this;
    }

    /** What a NULL means. */
    public TDengineSinkBuilder nullHandling(EncodingRules.NullHandling value) {
        nullHandling = value;
        return this;
    }

    /** Names of the columns that tell a row from others; checked against the server's table. */
    public TDengineSinkBuilder primaryKey(List<String> value) {
        primaryKey = List.copyOf(value);
        return this;
    }

    /** What a deleted row means. */
    public TDengineSinkBuilder deleteHandling(DeleteHandling value) {
        deleteHandling = value;
        return this;
    }

    /** What may be changed about the server's tables. */
    public TDengineSinkBuilder schemaEvolution(SchemaEvolution.Mode value) {
        evolutionMode = value;
        return this;
    }

    /** Names of the fields that are tags of a super table that is created. */
    public TDengineSinkBuilder tags(List<String> value) {
        tags = List.copyOf(value);
        return this;
    }

    /**
     * The largest batch. While the server is idle for most of the time they are smaller, since a
     * row that waits for others is late.
     */
    public TDengineSinkBuilder maxRows(int value) {
        maxRows = value;
        return this;
    }

    /** What a batch may take in memory. */
    public TDengineSinkBuilder maxBytes(long value) {
        maxBytes = value;
        return this;
    }

    /** How many connections write at once; each table keeps to one, so its rows stay in order. */
    public TDengineSinkBuilder connections(int value) {
        connections = value;
        return this;
    }

    /**
     * What becomes of a row whose table already has one of the same time.
     *
     * @param mostTicks how many ticks of the database's precision a row may be shifted
     */
    public TDengineSinkBuilder timestampCollision(CollisionPolicy policy, int mostTicks) {
        collisionPolicy = policy;
        maxShift = mostTicks;
        return this;
    }

    /**
     * With {@link DeliveryGuarantee#EXACTLY_ONCE} rows are written when the checkpoint that has
     * them is complete.
     *
     * @param mostFrozenBytes of rows that may wait for a checkpoint
     */
    public TDengineSinkBuilder delivery(DeliveryGuarantee value, long mostFrozenBytes) {
        delivery = value;
        maxFrozenBytes = mostFrozenBytes;
        return this;
    }

    /** How long a row waits for others at most. */
    public TDengineSinkBuilder interval(Duration value) {
        interval = value;
        return this;
    }

    /** The first and the longest wait between attempts. */
    public TDengineSinkBuilder retry(Duration initial, Duration max) {
        initialDelay = initial;
        maxDelay = max;
        return this;
    }

    /** How long a database, table or column that is missing is waited for. */
    public TDengineSinkBuilder missingTimeout(Duration value) {
        missingTimeout = value;
        return this;
    }

    /**
     * Where rows go that can never be written: {@code file:/path}, {@code table:NAME}, {@code log}
     * or {@code fail}.
     */
    public TDengineSinkBuilder deadLetter(String value) {
        deadLetter = value;
        return this;
    }

    /** What made the rows, for dead letters. */
    public TDengineSinkBuilder rule(String value) {
        rule = value;
        return this;
    }

    /**
     * Makes the sink.
     *
     * @throws IllegalArgumentException naming everything that is wrong
     */
    public Sink<RowData> build() {
        TDengineSinkSettings settings = settings();
        return settings.delivery() == DeliveryGuarantee.EXACTLY_ONCE
                ? new ExactlyOnceSink(settings)
                : new TDengineSink(settings);
    }

    /**
     * Makes the settings alone.
     *
     * @throws IllegalArgumentException naming everything that is wrong
     */
    public TDengineSinkSettings settings() {
        Problems problems = new Problems();
        connection.check(problems);
        checkNumbers(problems);
        deadLetters(null, null, problems);
        problems.throwIfAny(IllegalArgumentException::new);
        TDengineConnectionSettings connected = connection.build();
        RetryPolicy retry = new RetryPolicy(initialDelay, maxDelay, missingTimeout);
        DeadLetterTarget letters = deadLetters(connected, retry, problems);
        List<RowPlan> plans = plans(connected, problems);
        SchemaEvolution evolution = new SchemaEvolution(evolutionMode, tags);
        plans.forEach(plan -> SchemaChanges.check(plan, evolution, problems));
        problems.throwIfAny(IllegalArgumentException::new);
        return new TDengineSinkSettings(
                connected,
                plans,
                evolution,
                rowType,
                hasLetterField ? rowType.getFieldCount() : -1,
                new EncodingRules(timeUnit, nonFinite, nullHandling),
                primaryKey,
                deleteHandling,
                new TDengineSinkSettings.Batch(maxRows, (int) maxBytes, interval),
                connections,
                new TDengineSinkSettings.Collisions(collisionPolicy, maxShift),
                delivery,
                maxFrozenBytes,
                retry,
                letters,
                rule);
    }

    private void checkNumbers(Problems problems) {
        problems.require(rowType != null, "The type of the rows is missing.")
                .require(
                        Stream.of(table, superTable, sql).filter(o -> o != null).count() == 1,
                        "Give one of the options 'table', 'super-table' and 'sql'.")
                .require(
                        subTable == null || superTable != null,
                        "Option 'sub-table' goes with 'super-table' only.")
                .require(
                        deleteHandling != DeleteHandling.DELETE
                                || delivery != DeliveryGuarantee.EXACTLY_ONCE,
                        "Option 'sink.delete-handling' is 'delete', which goes with"
                                + " 'sink.delivery-guarantee' = 'at-least-once' only.")
                .require(
                        deleteHandling != DeleteHandling.DELETE
                                || collisionPolicy == CollisionPolicy.OVERWRITE,
                        "Option 'sink.delete-handling' is 'delete', which goes with"
                                + " 'sink.timestamp-collision' = 'overwrite' only: a row that was"
                                + " moved would not be found.")
                .require(
                        tags.isEmpty() || rowType != null && unknownTags().isEmpty(),
                        "Option 'tags' names "
                                + String.join(", ", rowType == null ? tags : unknownTags())
                                + "; it takes columns of the table, with ';' between.")
                .require(
                        maxRows >= 1 && maxRows <= 100_000,
                        "Option 'sink.batch.max-rows' is " + maxRows + "; allowed are 1 to 100000.")
                .require(
                        maxBytes >= 1_024 && maxBytes <= MOST_BYTES,
                        "Option 'sink.batch.max-bytes' is "
                                + maxBytes
                                + " bytes; allowed are 1 kb to 64 mb.")
                .require(
                        connections >= 1 && connections <= 16,
                        "Option 'sink.connections' is " + connections + "; allowed are 1 to 16.")
                .require(
                        maxShift >= 1 && maxShift <= 1_000_000,
                        "Option 'sink.timestamp-collision.max-shift' is "
                                + maxShift
                                + "; allowed are 1 to 1000000 ticks of the database's precision.")
                .require(
                        delivery != DeliveryGuarantee.NONE,
                        "Option 'sink.delivery-guarantee' is 'none'; allowed are 'at-least-once'"
                                + " and 'exactly-once'.")
                .require(
                        maxFrozenBytes >= 1 << 20,
                        "Option 'sink.exactly-once.max-bytes' is "
                                + maxFrozenBytes
                                + " bytes; allowed are 1 mb and more.");
        requireMillis(problems, "sink.batch.interval", interval, 1, 3_600_000);
        requireMillis(problems, "sink.retry.initial-delay", initialDelay, 1, 3_600_000);
        requireMillis(
                problems,
                "sink.retry.max-delay",
                maxDelay,
                Math.max(1, initialDelay.toMillis()),
                3_600_000);
        requireMillis(problems, "sink.retry.missing-timeout", missingTimeout, 0, 3_600_000);
    }

    private List<String> unknownTags() {
        return tags.stream().filter(tag -> !rowType.getFieldNames().contains(tag)).toList();
    }

    private static void requireMillis(
            Problems problems, String option, Duration value, long min, long max) {
        problems.require(
                value.toMillis() >= min && value.toMillis() <= max,
                "Option '"
                        + option
                        + "' is "
                        + value.toMillis()
                        + " ms; allowed are "
                        + min
                        + " ms to 1 h.");
    }

    /** Without a connection it only finds problems, so that all of them are told together. */
    private DeadLetterTarget deadLetters(
            TDengineConnectionSettings connected, RetryPolicy retry, Problems problems) {
        String where = database;
        if (where == null) {
            where = connected == null ? "unknown" : connected.database().orElse(null);
        }
        try {
            return DeadLetterTarget.parse(deadLetter, TableTarget.kind(where, connected, retry));
        } catch (IllegalArgumentException e) {
            problems.add("Option 'sink.dead-letter': " + e.getMessage());
            return null;
        }
    }

    private List<RowPlan> plans(TDengineConnectionSettings connected, Problems problems) {
        String where = database != null ? database : connected.database().orElse(null);
        if (sql != null) {
            return TemplatePlanner.plan(
                    sql, where, rowType, withValue(), undefinedVarsAsNull, problems);
        }
        if (where == null) {
            problems.add("Option 'database' is missing, and the URL names none either.");
            return List.of();
        }
        if (table != null) {
            return List.of(ColumnPlanner.table(where, table, rowType, withValue()));
        }
        RowPlan plan =
                ColumnPlanner.superTable(
                        where, superTable, subTable, rowType, withValue(), problems);
        return plan == null ? List.of() : List.of(plan);
    }

    private Set<Integer> withValue() {
        IntStream positions =
                targetColumns == null
                        ? IntStream.range(0, rowType.getFieldCount())
                        : IntStream.of(targetColumns);
        return new TreeSet<>(positions.boxed().toList());
    }
}
