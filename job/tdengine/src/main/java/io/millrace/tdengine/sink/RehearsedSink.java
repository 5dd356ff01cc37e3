package io.millrace.tdengine.sink;

import io.millrace.common.Problems;
import io.millrace.tdengine.declared.DeclaredTables;
import io.millrace.tdengine.sink.schema.SchemaChanges;
import io.millrace.tdengine.sink.schema.SchemaEvolution;
import io.millrace.tdengine.sink.writer.RehearsalWriter;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.table.data.RowData;

/**
 * Does with each row all that a sink for TDengine does, with the same code, and tells a {@link
 * Rehearsal} what would be sent. Nothing is written to a server; it is asked at most what its
 * tables look like.
 */
public final class RehearsedSink implements Sink<RowData> {
    private static final long serialVersionUID = 1L;

    private final TDengineSinkSettings settings;
    private final DeclaredTables tables;
    private final boolean asks;
    private final Clock clock;
    private final Rehearsal rehearsal;

    private RehearsedSink(
            TDengineSinkSettings settings,
            DeclaredTables tables,
            boolean asks,
            Clock clock,
            Rehearsal rehearsal) {
        this.settings = settings;
        this.tables = tables;
        this.asks = asks;
        this.clock = clock;
        this.rehearsal = rehearsal;
    }

    /** Where a sink of this connector writes; empty if it is none. */
    public static Optional<String> url(Sink<?> sink) {
        return settings(sink).map(settings -> settings.connection().url());
    }

    private static Optional<TDengineSinkSettings> settings(Sink<?> sink) {
        if (sink instanceof TDengineSink atLeastOnce) {
            return Optional.of(atLeastOnce.settings());
        }
        return sink instanceof ExactlyOnceSink exactlyOnce
                ? Optional.of(exactlyOnce.settings())
                : Optional.empty();
    }

    /**
     * Has a sink of this connector rehearsed.
     *
     * @param tables that stand before the server's
     * @param asks whether the server is asked for other tables; if not, a table that is not
     *     declared is made as the rows want it
     * @param clock what {@code NOW} in a template is, and how old a row may be
     * @throws IllegalArgumentException if it is no sink of this connector
     */
    public static RehearsedSink of(
            Sink<?> sink, DeclaredTables tables, boolean asks, Clock clock, Rehearsal rehearsal) {
        TDengineSinkSettings settings =
                settings(sink)
                        .orElseThrow(
                                () -> new IllegalArgumentException(sink + " is no such sink."));
        return new RehearsedSink(
                settings.forRehearsal(evolution(settings, asks)), tables, asks, clock, rehearsal);
    }

    /** Where there is no server to ask, a table that is not declared is what the rows want. */
    private static SchemaEvolution evolution(TDengineSinkSettings settings, boolean asks) {
        SchemaEvolution creating = settings.evolution().creating();
        Problems problems = new Problems();
        settings.plans().forEach(plan -> SchemaChanges.check(plan, creating, problems));
        return asks || !problems.isEmpty() ? settings.evolution() : creating;
    }

    @Override
    public SinkWriter<RowData> createWriter(WriterInitContext context) throws IOException {
        return RehearsalWriter.open(settings, tables, asks, clock, rehearsal, context);
    }
}
