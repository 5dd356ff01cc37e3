package io.millrace.devkit.tdengine.engine;

import java.util.List;

/** A table without a super table. */
final class NormalTable extends Table implements Series {
    private final int storage;
    private final String comment;
    private List<Column> columns;
    // Written by the one thread that holds the insert lock.
    private volatile long newest = Long.MIN_VALUE;

    NormalTable(
            Database database,
            String name,
            long created,
            int storage,
            List<Column> columns,
            String comment) {
        super(database, name, created);
        this.storage = storage;
        this.columns = List.copyOf(columns);
        this.comment = comment;
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    void columns(List<Column> columns) {
        this.columns = List.copyOf(columns);
    }

    @Override
    public Database database() {
        return super.database();
    }

    @Override
    List<Column> tags() {
        return List.of();
    }

    @Override
    public int storage() {
        return storage;
    }

    String comment() {
        return comment;
    }

    @Override
    public int id() {
        return 0;
    }

    @Override
    public long newest() {
        return newest;
    }

    @Override
    public void newest(long time) {
        newest = time;
    }

    int nextColumnId() {
        return columns.stream().mapToInt(Column::id).max().orElse(0) + 1;
    }
}
