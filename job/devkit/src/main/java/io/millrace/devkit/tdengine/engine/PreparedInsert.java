package io.millrace.devkit.tdengine.engine;

import io.millrace.devkit.tdengine.sql.TaosException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** An INSERT whose values are bound. */
final class PreparedInsert implements Prepared {
    private final InsertForm form;
    private final Catalog catalog;
    private final ToLongFunction<Supplier<InsertPlan>> writer;
    private final List<Column> columnsThen;
    private boolean named;
    private List<BoundTable> bound = new ArrayList<>();

    /**
     * @param writer makes a plan and writes it while no table changes, and returns the number of
     *     rows
     */
    PreparedInsert(InsertForm form, Catalog catalog, ToLongFunction<Supplier<InsertPlan>> writer) {
        this.form = form;
        this.catalog = catalog;
        this.writer = writer;
        this.columnsThen = form.series() == null ? null : form.series().columns();
    }

    @Override
    public boolean isInsert() {
        return true;
    }

    @Override
    public List<BindField> fields() {
        return form.fields();
    }

    @Override
    public int parameters() {
        return form.fields().size();
    }

    @Override
    public void bind(List<BoundTable> tables) {
        if (form.parent() != null && isGone(form.parent())) {
            throw new TaosException(0x110, "Unexpected generic error");
        }
        List<BoundTable> checked = new ArrayList<>(tables.size());
        for (BoundTable table : tables) {
            String name = form.nameIsBound() ? name(table.name()) : table.name();
            if (form.parent() != null) {
                BoundChecks.tags(form.tags(), table.tags());
            }
            BoundChecks.columns(form.columns(), table.columns());
            checked.add(new BoundTable(name, table.tags(), table.columns()));
        }
        bound.addAll(checked);
    }

    private String name(String given) {
        if (named) {
            return BoundName.later(given, catalog);
        }
        String name = form.rawNames() ? BoundName.raw(given) : BoundName.parse(given, catalog);
        named = true;
        return name;
    }

    @Override
    public Result execute() {
        List<BoundTable> tables = bound;
        bound = new ArrayList<>();
        try {
            return new Result.Update(writer.applyAsLong(() -> plan(tables)));
        } catch (TaosException refusal) {
            // The server loses the text of what it refuses as late as this.
            throw refusal.code() == 0x118 || refusal.code() == TaosException.ADAPTER
                    ? refusal
                    : new TaosException(refusal.code(), "success");
        }
    }

    private InsertPlan plan(List<BoundTable> tables) {
        InsertPlan plan = new InsertPlan();
        if (form.parent() == null) {
            BoundBatch batch =
                    new BoundBatch(new InsertPlan.Target(series(), null), form.columns());
            for (BoundTable table : tables) {
                if (table.name() != null || !table.tags().isEmpty()) {
                    throw new TaosException(0x115, "");
                }
                batch.add(table.columns());
            }
            plan.add(batch);
            return plan;
        }
        if (isGone(form.parent())) {
            throw new TaosException(0x2603, "");
        }
        Map<String, List<BoundTable>> byName = new LinkedHashMap<>();
        for (BoundTable table : tables) {
            byName.computeIfAbsent(
                            form.nameIsBound() ? table.name() : form.table(),
                            any -> new ArrayList<>(1))
                    .add(table);
        }
        byName.forEach((name, parts) -> plan.add(batch(plan, name, parts)));
        return plan;
    }

    private Series series() {
        Series then = form.series();
        Table now = then.database().tables().get(form.table());
        if (now == null) {
            throw new TaosException(0x2603, "");
        }
        if (now != then || now.columns() != columnsThen) {
            throw new TaosException(0x216, "");
        }
        return then;
    }

    private BoundBatch batch(InsertPlan plan, String name, List<BoundTable> parts) {
        BoundBatch batch = new BoundBatch(target(plan, name, parts), form.columns());
        parts.forEach(part -> batch.add(part.columns()));
        return batch;
    }

    private InsertPlan.Target target(InsertPlan plan, String name, List<BoundTable> parts) {
        SuperTable parent = form.parent();
        Table there = parent.database().tables().get(name);
        if (there instanceof SubTable sub && sub.parent() == parent) {
            return new InsertPlan.Target(sub, null);
        }
        if (there != null) {
            throw new TaosException(0x61d, "");
        }
        List<BoundColumn> tags = parts.get(parts.size() - 1).tags(); // the last ones count
        Object[] values = new Object[form.tags().size()];
        for (int i = 0; i < values.length && !tags.isEmpty(); i++) {
            values[i] = tags.get(i).object(0, form.tags().get(i).type());
        }
        return plan.create(parent, name, InsertParser.spread(parent, form.tags(), values));
    }

    private static boolean isGone(Table table) {
        return table.database().tables().get(table.name()) != table;
    }
}
