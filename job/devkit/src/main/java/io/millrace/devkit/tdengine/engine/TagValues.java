package io.millrace.devkit.tdengine.engine;

/** Reads tag values. */
final class TagValues {
    private final Store store;

    TagValues(Store store) {
        this.store = store;
    }

    /** The values of a sub-table's tags, in the order of its tags. */
    Object[] of(SubTable table) {
        Object[] values = new Object[table.tags().size()];
        StringBuilder sql = new StringBuilder("SELECT TID");
        table.tags().forEach(tag -> sql.append(", ").append(tag.stored()));
        sql.append(" FROM G").append(table.storage()).append(" WHERE TID = ").append(table.id());
        store.read(
                sql.toString(),
                row -> {
                    for (int i = 0; i < values.length; i++) {
                        values[i] = row.getObject(i + 2);
                    }
                });
        return values;
    }
}
