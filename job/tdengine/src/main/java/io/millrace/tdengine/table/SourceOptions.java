package io.millrace.tdengine.table;

import io.millrace.common.Problems;
import io.millrace.tdengine.client.TDengineConnectionSettings;
import io.millrace.tdengine.scan.ReadRetries;
import io.millrace.tdengine.scan.ScanSettings;
import io.millrace.tdengine.sink.writer.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.source.lookup.LookupOptions.LookupCacheType;
import org.apache.flink.table.connector.source.lookup.cache.DefaultLookupCache;
import org.apache.flink.table.connector.source.lookup.cache.LookupCache;

/**
 * The options of a table that is read.
 *
 * @param scan without fields
 * @param scanParallelism null for that of the job
 * @param async whether a lookup join asks for many keys at a time
 * @param connections how many
 * @param cache of a lookup join, null for none
 * @param lookupRetries of a lookup join
 */
record SourceOptions(
        ScanSettings scan,
        Integer scanParallelism,
        boolean async,
        int connections,
        LookupCache cache,
        ReadRetries lookupRetries) {
    private static final RetryPolicy WAITS =
            new RetryPolicy(Duration.ofMillis(200), Duration.ofSeconds(10), Duration.ZERO);
    private static final Duration NO_TIMEOUT = Duration.ofDays(365);

    /**
     * Reads them.
     *
     * @throws ValidationException with all that is wrong
     */
    static SourceOptions read(ReadableConfig options) {
        Problems problems = new Problems();
        TDengineConnectionSettings.Builder connection = TDengineConnectionSettings.builder();
        TDengineDynamicTableFactory.connection(connection, options);
        connection.check(problems);
        String table =
                options.getOptional(TDengineConnectorOptions.TABLE)
                        .or(() -> options.getOptional(TDengineConnectorOptions.SUPER_TABLE))
                        .orElse(null);
        problems.require(
                table != null
                        && options.getOptional(TDengineConnectorOptions.TABLE).isEmpty()
                                != options.getOptional(TDengineConnectorOptions.SUPER_TABLE)
                                        .isEmpty(),
                "To read, give option 'table' or option 'super-table'.");
        problems.require(
                options.get(TDengineConnectorOptions.LOOKUP_CACHE) != LookupCacheType.FULL,
                "Option 'lookup.cache' is 'FULL'; allowed are 'NONE' and 'PARTIAL'.");
        int connections = options.get(TDengineConnectorOptions.LOOKUP_ASYNC_CONNECTIONS);
        problems.require(
                connections >= 1 && connections <= 64,
                "Option 'lookup.async.connections' is " + connections + "; allowed are 1 to 64.");
        int repetitions = options.get(TDengineConnectorOptions.LOOKUP_MAX_RETRIES);
        problems.require(
                repetitions >= 0,
                "Option 'lookup.max-retries' is " + repetitions + "; allowed are 0 and more.");
        problems.throwIfAny(ValidationException::new);

        TDengineConnectionSettings built = connection.build();
        String database =
                options.getOptional(TDengineConnectorOptions.DATABASE)
                        .or(built::database)
                        .orElse(null);
        problems.require(
                database != null,
                "Option 'database' is missing, and the URL's path names no database.");
        ScanSettings scan = scan(options, built, database, table);
        scan.check(problems);
        problems.throwIfAny(ValidationException::new);
        return new SourceOptions(
                scan,
                options.getOptional(TDengineConnectorOptions.SCAN_PARALLELISM).orElse(null),
                options.get(TDengineConnectorOptions.LOOKUP_ASYNC),
                connections,
                options.get(TDengineConnectorOptions.LOOKUP_CACHE) == LookupCacheType.PARTIAL
                        ? DefaultLookupCache.fromConfig(options)
                        : null,
                new ReadRetries(WAITS, NO_TIMEOUT, repetitions, "lookup.max-retries"));
    }

    private static ScanSettings scan(
            ReadableConfig options,
            TDengineConnectionSettings connection,
            String database,
            String table) {
        Optional<Duration> splitDuration =
                options.getOptional(TDengineConnectorOptions.SCAN_SPLIT_DURATION);
        return new ScanSettings(
                connection,
                database,
                table,
                List.of(),
                null,
                -1,
                options.get(TDengineConnectorOptions.SCAN_SPLIT_BY),
                splitDuration.orElse(null),
                options.get(TDengineConnectorOptions.SCAN_SPLIT_SUB_TABLES),
                options.get(TDengineConnectorOptions.SQL_TIME_UNIT).perSecond(),
                new ReadRetries(
                        WAITS,
                        options.get(TDengineConnectorOptions.SCAN_RETRY_TIMEOUT),
                        Integer.MAX_VALUE,
                        TDengineConnectorOptions.SCAN_RETRY_TIMEOUT.key()));
    }
}
