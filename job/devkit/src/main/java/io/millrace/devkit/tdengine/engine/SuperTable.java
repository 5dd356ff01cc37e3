package io.millrace.devkit.tdengine.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;

/** A super table. Rows of all its sub-tables lie in one H2 table, their tags in a second one. */
final class SuperTable extends Table {
    private final int storage;
    private final String comment;
    private List<Column> columns;
    private List<Column> tags;
    private final ConcurrentSkipListMap<String, SubTable> subTables = new ConcurrentSkipListMap<>();

    SuperTable(
            Database database,
            String name,
            long created,
            int storage,
            List<Column> columns,
            List<Column> tags,
            String comment) {
        super(database, name, created);
        this.storage = storage;
        this.columns = List.copyOf(columns);
        this.tags = List.copyOf(tags);
        this.comment = comment;
    }

    @Override
    List<Column> columns() {
        return columns;
    }

    @Override
    List<Column> tags() {
        return tags;
    }

    void columns(List<Column> columns) {
        this.columns = List.copyOf(columns);
    }

    void tags(List<Column> tags) {
        this.tags = List.copyOf(tags);
    }

    @Override
    int storage() {
        return storage;
    }

    String comment() {
        return comment;
    }

    ConcurrentSkipListMap<String, SubTable> subTables() {
        return subTables;
    }

    /** A number for a new column or tag that none of them ever had. */
    int nextColumnId() {
        List<Column> all = new ArrayList<>(columns);
        all.addAll(tags);
        return all.stream().mapToInt(Column::id).max().orElse(0) + 1;
    }
}
