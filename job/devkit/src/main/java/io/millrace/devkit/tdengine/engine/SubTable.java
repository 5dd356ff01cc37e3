package io.millrace.devkit.tdengine.engine;

import java.util.List;

/** A sub-table. */
final class SubTable extends Table implements Series {
    private final SuperTable parent;
    private final int id;
    // Written by the one thread that holds the insert lock.
    private volatile long newest = Long.MIN_VALUE;

    SubTable(SuperTable parent, String name, long created, int id) {
        super(parent.database(), name, created);
        this.parent = parent;
        this.id = id;
    }

    SuperTable parent() {
        return parent;
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public List<Column> columns() {
        return parent.columns();
    }

    @Override
    public Database database() {
        return super.database();
    }

    @Override
    List<Column> tags() {
        return parent.tags();
    }

    @Override
    public int storage() {
        return parent.storage();
    }

    @Override
    public long newest() {
        return newest;
    }

    @Override
    public void newest(long time) {
        newest = time;
    }
}
