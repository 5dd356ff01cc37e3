package io.millrace.tdengine.sink;

import io.millrace.common.deadletter.DeadLetterTarget;
import io.millrace.tdengine.client.TDengineConnectionSettings;
import io.millrace.tdengine.sink.row.EncodingRules;
import io.millrace.tdengine.sink.row.RowPlan;
import io.millrace.tdengine.sink.schema.SchemaEvolution;
import io.millrace.tdengine.sink.writer.CollisionPolicy;
import io.millrace.tdengine.sink.writer.RetryPolicy;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.table.types.logical.RowType;

/**
 * Everything a sink needs, checked. The table factory and {@link TDengineSink#builder()} make the
 * same of it. Immutable; prints no secret.
 *
 * @param connection where and who
 * @param plans what of a row goes where, all into one database; a template may write several rows
 * @param evolution what may be changed about the server's tables
 * @param rowType of the incoming rows, for dead letters
 * @param letterField position of the field that makes an incoming row a dead letter if it is not
 *     NULL; -1 if there is none
 * @param rules how values are read
 * @param primaryKey names of the declared key's columns; none if none is declared
 * @param deletes what a deleted row means
 * @param batch when a batch is sent
 * @param connections how many write at once
 * @param collisions what becomes of rows of one table and time
 * @param delivery what is written when: at once, or when a checkpoint is complete
 * @param maxFrozenBytes of rows that may wait for a checkpoint, if they do
 * @param retry how long to wait between attempts
 * @param deadLetters where rows go that can never be written
 * @param rule what made the rows, for dead letters; null if not known
 */
public record TDengineSinkSettings(
        TDengineConnectionSettings connection,
        List<RowPlan> plans,
        SchemaEvolution evolution,
        RowType rowType,
        int letterField,
        EncodingRules rules,
        List<String> primaryKey,
        DeleteHandling deletes,
        Batch batch,
        int connections,
        Collisions collisions,
        DeliveryGuarantee delivery,
        long maxFrozenBytes,
        RetryPolicy retry,
        DeadLetterTarget deadLetters,
        String rule)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public TDengineSinkSettings {
        plans = List.copyOf(plans);
        primaryKey = List.copyOf(primaryKey);
    }

    /** The first plan, mostly the only one. */
    public RowPlan plan() {
        return plans.get(0);
    }

    /**
     * The same for a writer that only shows what it would do: one connection that writes at once
     * and waits for nothing.
     */
    TDengineSinkSettings forRehearsal(SchemaEvolution changes) {
        return new TDengineSinkSettings(
                connection,
                plans,
                changes,
                rowType,
                letterField,
                rules,
                primaryKey,
                deletes,
                batch,
                1,
                collisions,
                DeliveryGuarantee.AT_LEAST_ONCE,
                maxFrozenBytes,
                new RetryPolicy(retry.initialDelay(), retry.maxDelay(), Duration.ZERO),
                deadLetters,
                rule);
    }

    /**
     * When a batch is sent: with the first limit it reaches. While a request is under way it may
     * grow beyond {@code maxRows}, up to {@code maxBytes}.
     *
     * @param maxRows the largest batch; while the server is idle for most of the time, they are
     *     smaller
     * @param maxBytes of the rows in memory
     * @param interval after the batch's first row
     */
    public record Batch(int maxRows, int maxBytes, Duration interval) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /**
     * What becomes of rows of one table and time.
     *
     * @param maxShift how many ticks of the database's precision a row may be moved at most
     */
    public record Collisions(CollisionPolicy policy, int maxShift) implements Serializable {
        private static final long serialVersionUID = 1L;
    }
}
