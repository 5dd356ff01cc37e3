package io.millrace.tdengine.sink.writer;

import io.millrace.tdengine.client.TargetTable;
import io.millrace.tdengine.sink.DeleteHandling;
import io.millrace.tdengine.sink.TDengineSinkSettings;
import io.millrace.tdengine.sink.plan.DeclaredKey;
import io.millrace.tdengine.sink.row.RowBinder;
import io.millrace.tdengine.sink.row.RowEncoder;
import io.millrace.tdengine.sink.row.RowPlan;
import io.millrace.tdengine.sink.row.RowRejectedException;
import io.millrace.tdengine.sink.row.TableNamer;
import io.millrace.tdengine.sink.schema.SchemaChanges;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.flink.table.data.RowData;

/**
 * Knows the encoder for each row: one for all, or one per table where rows name their tables.
 * Tables are described in the sending thread; the task thread waits for it with its first row only.
 * Task thread only.
 */
final class RowTargets {
    /** A row that breaks a limit is given up only if the limit was read this recently. */
    static final Duration FRESH = Duration.ofSeconds(30);

    private static final int MAX_TABLES = 10_000;

    /** Lets the task thread wait while its mails are worked off. */
    interface Waiting {
        void until(BooleanSupplier done) throws IOException, InterruptedException;
    }

    /**
     * What was found of a table.
     *
     * @param encoder null if it does not exist
     */
    private record Target(RowEncoder encoder, Instant describedAt) {}

    private final TDengineSinkSettings settings;
    private final RowPlan plan;
    private final SendingThread sending;
    private final TargetLookup lookup;
    private final Waiting waiting;
    private final Clock clock;
    private final SchemaChanges changes;
    private final TableNamer namePerRow;
    private final Map<String, Target> targets =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Target> eldest) {
                    return size() > MAX_TABLES;
                }
            };
    private Target only;
    private Throwable failure;

    /** One for each row that is written of an incoming one. */
    static List<RowTargets> all(
            TDengineSinkSettings settings,
            SendingThread sending,
            RetryingSession session,
            Waiting waiting,
            Clock clock) {
        TargetLookup lookup = new TargetLookup(session, settings.connection().url());
        return settings.plans().stream()
                .map(plan -> new RowTargets(settings, plan, sending, lookup, waiting, clock))
                .toList();
    }

    private RowTargets(
            TDengineSinkSettings settings,
            RowPlan plan,
            SendingThread sending,
            TargetLookup lookup,
            Waiting waiting,
            Clock clock) {
        this.settings = settings;
        this.plan = plan;
        this.sending = sending;
        this.lookup = lookup;
        this.waiting = waiting;
        this.clock = clock;
        this.changes = SchemaChanges.of(plan, settings.evolution(), lookup);
        this.namePerRow =
                plan.destination() instanceof RowPlan.TablePerRow perRow
                        ? TableNamer.of(perRow.name(), "", List.of())
                        : null;
    }

    boolean isPerRow() {
        return namePerRow != null;
    }

    /** Asks for the one table, without waiting; what is wrong with it fails the task. */
    void begin() {
        if (!isPerRow()) {
            describe(onlyName(), true, target -> only = target);
        }
    }

    private String onlyName() {
        return plan.destination() instanceof RowPlan.SuperTable superTable
                ? superTable.name()
                : ((RowPlan.Table) plan.destination()).name();
    }

    private void describe(
            String table, boolean required, java.util.function.Consumer<Target> then) {
        String database = plan.database();
        sending.run(
                () ->
                        required
                                ? Optional.of(lookup.require(database, table, changes))
                                : changes.describe(table),
                found -> then.accept(target(found)),
                this::fail);
    }

    private Target target(Optional<TargetTable> found) throws IOException {
        try {
            found.ifPresent(this::checkKeys);
            RowEncoder encoder =
                    found.map(t -> RowBinder.bind(plan, t, settings.rules(), clock)).orElse(null);
            return new Target(encoder, clock.instant());
        } catch (IllegalArgumentException e) {
            IOException wrong = new IOException(e.getMessage(), e);
            failure = wrong;
            throw wrong;
        }
    }

    private void checkKeys(TargetTable table) {
        DeclaredKey.problem(settings.primaryKey(), plan, table)
                .ifPresent(
                        problem -> {
                            throw new IllegalArgumentException(problem);
                        });
        if (settings.deletes() == DeleteHandling.DELETE) {
            RowDeletes.check(table);
        }
    }

    private void fail(Throwable cause) throws IOException {
        failure = cause;
        throwFailure();
    }

    private void throwFailure() throws IOException {
        if (failure != null) {
            throw failure instanceof IOException io
                    ? io
                    : new IOException("TDengine's tables cannot be described", failure);
        }
    }

    /**
     * The encoder for a row.
     *
     * @throws RowRejectedException if the row names a table that does not exist
     */
    RowEncoder encoderFor(RowData row)
            throws RowRejectedException, IOException, InterruptedException {
        if (!isPerRow()) {
            if (only == null) {
                waiting.until(() -> only != null || failure != null);
                throwFailure();
            }
            return only.encoder();
        }
        String name = namePerRow.name(row);
        if (name == null) {
            throw new RowRejectedException(
                    "The name of the row's table is NULL: a value that it is made of is missing");
        }
        Target target = targets.get(name);
        if (target == null || target.encoder() == null && !isFresh(target)) {
            target = describeNow(name);
        }
        if (target.encoder() == null) {
            throw new RowRejectedException("Table '" + name + "' does not exist");
        }
        return target.encoder();
    }

    private Target describeNow(String name) throws IOException, InterruptedException {
        targets.remove(name);
        describe(name, false, target -> targets.put(name, target));
        waiting.until(() -> targets.containsKey(name) || failure != null);
        throwFailure();
        return targets.get(name);
    }

    private boolean isFresh(Target target) {
        return clock.instant().isBefore(target.describedAt().plus(FRESH));
    }

    /**
     * Has a table widened if a value is too long and that is allowed, and has it described again if
     * it was, or if what is known of it is old.
     *
     * @return whether the row is worth another try
     */
    boolean refresh(RowEncoder encoder, RowRejectedException rejection)
            throws IOException, InterruptedException {
        boolean widened = widen(encoder.target(), rejection);
        if (isPerRow()) {
            String name = encoder.target().name();
            Target known = targets.get(name);
            if (!widened && (known == null || isFresh(known))) {
                return false;
            }
            describeNow(name);
            return true;
        }
        if (!widened && isFresh(only)) {
            return false;
        }
        only = null;
        begin();
        waiting.until(() -> only != null || failure != null);
        throwFailure();
        return true;
    }

    private boolean widen(TargetTable table, RowRejectedException rejection)
            throws IOException, InterruptedException {
        String column = rejection.column();
        int needed = rejection.neededLength();
        if (needed == 0 || !changes.couldWiden(table, column, needed)) {
            return false;
        }
        AtomicReference<Boolean> widened = new AtomicReference<>();
        sending.run(() -> changes.widen(table.name(), column, needed), widened::set, this::fail);
        waiting.until(() -> widened.get() != null || failure != null);
        throwFailure();
        return widened.get();
    }
}
