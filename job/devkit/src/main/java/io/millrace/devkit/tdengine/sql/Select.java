package io.millrace.devkit.tdengine.sql;

import java.util.List;

/**
 * A query.
 *
 * @param distinct whether equal rows are shown once
 * @param tagsOnly {@code SELECT TAGS}: one row per sub-table
 * @param from where rows come from, or null
 * @param where condition, or null
 * @param window INTERVAL, or null
 * @param having condition on groups, or null
 * @param slimit most partitions shown
 * @param limit most rows shown
 */
public record Select(
        boolean distinct,
        boolean tagsOnly,
        List<Item> items,
        Source from,
        Expr where,
        List<Item> partitionBy,
        Window window,
        List<Expr> groupBy,
        Expr having,
        List<Order> orderBy,
        Limit slimit,
        Limit limit) {

    /**
     * One thing selected.
     *
     * @param alias its name, or null
     * @param text how it is written, which names it if it has no alias
     */
    public record Item(Expr expression, String alias, String text) {}

    /** {@code INTERVAL(10s, 1s)}; the offset is null if none is given. */
    public record Window(Expr.Duration width, Expr.Duration offset) {}

    /**
     * One part of ORDER BY.
     *
     * @param nullsFirst where rows without a value go, or null if not said
     */
    public record Order(Expr expression, boolean descending, Boolean nullsFirst) {}

    /** LIMIT and OFFSET; none at all is {@code Limit.NONE}. */
    public record Limit(long rows, long offset) {
        public static final Limit NONE = new Limit(Long.MAX_VALUE, 0);
    }

    /** What stands behind FROM. */
    public sealed interface Source {
        /** A name for it that qualifies columns, or null. */
        String alias();
    }

    /** A table. */
    public record Table(QualifiedName name, String alias) implements Source {}

    /** A query in brackets. */
    public record SubQuery(Select select, String alias) implements Source {}

    /** UNION of queries. */
    public record Union(List<Select> selects, boolean all, List<Order> orderBy, Limit limit)
            implements Source {
        @Override
        public String alias() {
            return null;
        }
    }
}
