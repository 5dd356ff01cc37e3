package io.millrace.tdengine.table;

import io.millrace.tdengine.scan.SplitBy;
import io.millrace.tdengine.sink.DeleteHandling;
import io.millrace.tdengine.sink.row.EncodingRules.NonFinite;
import io.millrace.tdengine.sink.row.EncodingRules.NullHandling;
import io.millrace.tdengine.sink.row.EncodingRules.TimeUnit;
import io.millrace.tdengine.sink.schema.SchemaEvolution;
import io.millrace.tdengine.sink.writer.CollisionPolicy;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.table.connector.source.lookup.LookupOptions;
import org.apache.flink.table.factories.FactoryUtil;

/** Options of {@code CREATE TABLE … WITH ('connector' = 'tdengine', …)}. */
public final class TDengineConnectorOptions {

    public static final ConfigOption<String> URL =
            ConfigOptions.key("url")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Where taosAdapter listens: 'jdbc:TAOS-WS://host:6041/',"
                                    + " 'http://host:6041', or 'https://host' for TLS. Several"
                                    + " addresses of one cluster stand with commas between; each"
                                    + " new connection goes to the next. A reference such as"
                                    + " ${env.NAME} is resolved where the connection is made.");

    public static final ConfigOption<String> USERNAME =
            ConfigOptions.key("username")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("The user who connects.");

    public static final ConfigOption<String> PASSWORD =
            ConfigOptions.key("password")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "The user's password, best as a reference such as ${env.NAME}.");

    public static final ConfigOption<String> TOKEN =
            ConfigOptions.key("token")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("The token of TDengine Cloud, instead of user and password.");

    public static final ConfigOption<String> DATABASE =
            ConfigOptions.key("database")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "The exact name of the database. Default: that of the URL's path, or"
                                    + " of the template.");

    public static final ConfigOption<String> TABLE =
            ConfigOptions.key("table")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "The exact name of a table or sub-table. Give this, 'super-table' or"
                                    + " 'sql'.");

    public static final ConfigOption<String> SUPER_TABLE =
            ConfigOptions.key("super-table")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "The exact name of a super table, whose sub-tables are created when"
                                    + " first seen.");

    public static final ConfigOption<String> SUB_TABLE =
            ConfigOptions.key("sub-table")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "How a row's sub-table is named, such as 'd_${clientid}', where column"
                                    + " 'tbname' does not. Default: the super table and all tags,"
                                    + " joined by '_'.");

    public static final ConfigOption<String> SQL =
            ConfigOptions.key("sql")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "An INSERT with placeholders, such as 'INSERT INTO db.t (ts, temp)"
                                    + " VALUES (${ts}, ${temp})'. It is compiled into typed values:"
                                    + " no value ever becomes SQL.");

    public static final ConfigOption<SchemaEvolution.Mode> SCHEMA_EVOLUTION =
            ConfigOptions.key("schema.evolution")
                    .enumType(SchemaEvolution.Mode.class)
                    .defaultValue(SchemaEvolution.Mode.NONE)
                    .withDescription(
                            "'create': a table or super table that is missing is created."
                                    + " 'add-columns': also, columns and tags are added, and texts"
                                    + " too long for their column widen it. Nothing is ever"
                                    + " narrowed or dropped.");

    public static final ConfigOption<List<String>> TAGS =
            ConfigOptions.key("tags")
                    .stringType()
                    .asList()
                    .noDefaultValue()
                    .withDescription(
                            "For 'schema.evolution': the columns that are tags of the super table,"
                                    + " such as 'clientid;site'.");

    public static final ConfigOption<Boolean> UNDEFINED_VARS_AS_NULL =
            ConfigOptions.key("undefined-vars-as-null")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether a placeholder without a value is NULL; else its row is a dead"
                                    + " letter.");

    public static final ConfigOption<TimeUnit> SQL_TIME_UNIT =
            ConfigOptions.key("sql.time-unit")
                    .enumType(TimeUnit.class)
                    .defaultValue(TimeUnit.MILLISECOND)
                    .withDescription(
                            "The unit of a whole number that is written into a time column, or"
                                    + " read from one.");

    public static final ConfigOption<Duration> CONNECT_TIMEOUT =
            ConfigOptions.key("connect-timeout")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(10))
                    .withDescription("How long connecting may take.");

    public static final ConfigOption<Duration> REQUEST_TIMEOUT =
            ConfigOptions.key("request-timeout")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(15))
                    .withDescription(
                            "How long one request may take. A lost connection is noticed after"
                                    + " this time; keep it below the checkpoint timeout.");

    public static final ConfigOption<Integer> SINK_BATCH_MAX_ROWS =
            ConfigOptions.key("sink.batch.max-rows")
                    .intType()
                    .defaultValue(10_000)
                    .withDescription(
                            "At most so many rows make a batch that is sent at once. It begins"
                                    + " with 500 and grows while the server is busy, or while a"
                                    + " batch has hardly more than a row for each table. While one"
                                    + " is under way the next may become larger, see"
                                    + " 'sink.batch.max-bytes'.");

    public static final ConfigOption<MemorySize> SINK_BATCH_MAX_BYTES =
            ConfigOptions.key("sink.batch.max-bytes")
                    .memoryType()
                    .defaultValue(MemorySize.parse("4mb"))
                    .withDescription(
                            "What a batch may take in memory, at most 64 mb; while one is under"
                                    + " way the next may grow up to this.");

    public static final ConfigOption<Integer> SINK_CONNECTIONS =
            ConfigOptions.key("sink.connections")
                    .intType()
                    .defaultValue(1)
                    .withDescription(
                            "How many connections each subtask writes with. A table keeps to one"
                                    + " of them, so its rows stay in order.");

    public static final ConfigOption<CollisionPolicy> SINK_TIMESTAMP_COLLISION =
            ConfigOptions.key("sink.timestamp-collision")
                    .enumType(CollisionPolicy.class)
                    .defaultValue(CollisionPolicy.OVERWRITE)
                    .withDescription(
                            "What becomes of a row whose table already has one of the same time:"
                                    + " 'overwrite' lets it take the other's place, as TDengine"
                                    + " does; 'shift' gives it the next free time; 'dead-letter'."
                                    + " The last 65,536 rows of a subtask are compared.");

    public static final ConfigOption<Integer> SINK_TIMESTAMP_COLLISION_MAX_SHIFT =
            ConfigOptions.key("sink.timestamp-collision.max-shift")
                    .intType()
                    .defaultValue(1_000)
                    .withDescription(
                            "How many ticks of the database's precision 'shift' may move a row;"
                                    + " one that finds no free time is a dead letter.");

    public static final ConfigOption<DeliveryGuarantee> SINK_DELIVERY_GUARANTEE =
            ConfigOptions.key("sink.delivery-guarantee")
                    .enumType(DeliveryGuarantee.class)
                    .defaultValue(DeliveryGuarantee.AT_LEAST_ONCE)
                    .withDescription(
                            "'at-least-once' writes rows as they come; 'exactly-once' writes them"
                                    + " when the checkpoint that has them is complete.");

    public static final ConfigOption<MemorySize> SINK_EXACTLY_ONCE_MAX_BYTES =
            ConfigOptions.key("sink.exactly-once.max-bytes")
                    .memoryType()
                    .defaultValue(MemorySize.parse("256mb"))
                    .withDescription(
                            "With 'exactly-once': how much may wait for a checkpoint in each"
                                    + " subtask; beyond, the job fails.");

    public static final ConfigOption<Duration> SINK_BATCH_INTERVAL =
            ConfigOptions.key("sink.batch.interval")
                    .durationType()
                    .defaultValue(Duration.ofMillis(200))
                    .withDescription("How long a row waits for others at most.");

    public static final ConfigOption<Duration> SINK_RETRY_INITIAL_DELAY =
            ConfigOptions.key("sink.retry.initial-delay")
                    .durationType()
                    .defaultValue(Duration.ofMillis(200))
                    .withDescription("The first wait after a transient error; it doubles.");

    public static final ConfigOption<Duration> SINK_RETRY_MAX_DELAY =
            ConfigOptions.key("sink.retry.max-delay")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(10))
                    .withDescription("The longest wait between attempts, which never end.");

    public static final ConfigOption<Duration> SINK_RETRY_MISSING_TIMEOUT =
            ConfigOptions.key("sink.retry.missing-timeout")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(10))
                    .withDescription(
                            "How long a database, table or column that is missing is waited for,"
                                    + " since it may be just being created. Then the job fails.");

    public static final ConfigOption<NullHandling> SINK_NULL_HANDLING =
            ConfigOptions.key("sink.null-handling")
                    .enumType(NullHandling.class)
                    .defaultValue(NullHandling.WRITE)
                    .withDescription(
                            "'write': a NULL overwrites. 'skip': the column keeps what it has.");

    public static final ConfigOption<DeleteHandling> SINK_DELETE_HANDLING =
            ConfigOptions.key("sink.delete-handling")
                    .enumType(DeleteHandling.class)
                    .defaultValue(DeleteHandling.IGNORE)
                    .withDescription(
                            "What a row means that is deleted upstream. 'ignore': nothing."
                                    + " 'delete': the row of its table and time is deleted, each by"
                                    + " a statement of its own. 'fail': the job fails.");

    public static final ConfigOption<NonFinite> SINK_NON_FINITE =
            ConfigOptions.key("sink.non-finite")
                    .enumType(NonFinite.class)
                    .defaultValue(NonFinite.NULL)
                    .withDescription("What NaN and infinities become: 'null' or 'dead-letter'.");

    public static final ConfigOption<String> SINK_DEAD_LETTER =
            ConfigOptions.key("sink.dead-letter")
                    .stringType()
                    .defaultValue("log")
                    .withDescription(
                            "Where rows go that can never be written: 'file:/path' (a folder),"
                                    + " 'table:NAME' or 'table:database.NAME' (a table of the same"
                                    + " TDengine, created if need be), 'log' or 'fail'.");

    public static final ConfigOption<String> SINK_RULE =
            ConfigOptions.key("sink.rule")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("What made the rows; dead letters quote it.");

    public static final ConfigOption<Integer> SINK_PARALLELISM = FactoryUtil.SINK_PARALLELISM;

    public static final ConfigOption<SplitBy> SCAN_SPLIT_BY =
            ConfigOptions.key("scan.split-by")
                    .enumType(SplitBy.class)
                    .defaultValue(SplitBy.TIME)
                    .withDescription(
                            "How readers share a table: 'time' (stretches of time), 'sub-table'"
                                    + " (some sub-tables each) or 'none' (one reader reads all).");

    public static final ConfigOption<Duration> SCAN_SPLIT_DURATION =
            ConfigOptions.key("scan.split.duration")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "How much time a split spans. Default: as much as makes four splits"
                                    + " for each reader.");

    public static final ConfigOption<Integer> SCAN_SPLIT_SUB_TABLES =
            ConfigOptions.key("scan.split.sub-tables")
                    .intType()
                    .defaultValue(100)
                    .withDescription("How many sub-tables a split has.");

    public static final ConfigOption<Duration> SCAN_RETRY_TIMEOUT =
            ConfigOptions.key("scan.retry.timeout")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(5))
                    .withDescription(
                            "How long a server that does not answer is asked again, before the job"
                                    + " fails.");

    public static final ConfigOption<Integer> SCAN_PARALLELISM = FactoryUtil.SOURCE_PARALLELISM;

    public static final ConfigOption<Boolean> LOOKUP_ASYNC =
            ConfigOptions.key("lookup.async")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription("Whether a lookup join asks for many keys at a time.");

    public static final ConfigOption<Integer> LOOKUP_ASYNC_CONNECTIONS =
            ConfigOptions.key("lookup.async.connections")
                    .intType()
                    .defaultValue(4)
                    .withDescription("How many keys are asked for at a time.");

    public static final ConfigOption<LookupOptions.LookupCacheType> LOOKUP_CACHE =
            ConfigOptions.key(LookupOptions.CACHE_TYPE.key())
                    .enumType(LookupOptions.LookupCacheType.class)
                    .defaultValue(LookupOptions.LookupCacheType.NONE)
                    .withDescription(
                            "Whether a lookup join keeps what it found: 'none' or 'partial', with"
                                    + " the limits below.");

    public static final ConfigOption<Integer> LOOKUP_MAX_RETRIES = LookupOptions.MAX_RETRIES;

    public static final ConfigOption<Long> LOOKUP_CACHE_MAX_ROWS =
            LookupOptions.PARTIAL_CACHE_MAX_ROWS;

    public static final ConfigOption<Duration> LOOKUP_CACHE_EXPIRE_AFTER_WRITE =
            LookupOptions.PARTIAL_CACHE_EXPIRE_AFTER_WRITE;

    public static final ConfigOption<Duration> LOOKUP_CACHE_EXPIRE_AFTER_ACCESS =
            LookupOptions.PARTIAL_CACHE_EXPIRE_AFTER_ACCESS;

    public static final ConfigOption<Boolean> LOOKUP_CACHE_MISSING_KEY =
            LookupOptions.PARTIAL_CACHE_CACHE_MISSING_KEY;

    private TDengineConnectorOptions() {}
}
