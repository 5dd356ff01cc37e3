package io.millrace.devkit.tdengine.engine;

import io.millrace.devkit.tdengine.sql.ColumnType;
import io.millrace.devkit.tdengine.sql.DataType;
import io.millrace.devkit.tdengine.sql.Precision;
import java.util.ArrayList;
import java.util.List;

/** Builds results that do not come out of H2. */
final class Rows {
    private final List<ResultColumn> columns = new ArrayList<>();
    private final List<Object[]> rows = new ArrayList<>();

    Rows text(String name, int length) {
        columns.add(new ResultColumn(name, ColumnType.of(DataType.VARCHAR, length)));
        return this;
    }

    Rows column(String name, DataType type) {
        columns.add(new ResultColumn(name, ColumnType.of(type)));
        return this;
    }

    Rows row(Object... values) {
        if (values.length != columns.size()) {
            throw new IllegalArgumentException(
                    values.length + " values for " + columns.size() + " columns");
        }
        rows.add(values);
        return this;
    }

    Result.Rows build() {
        return new Result.Rows(List.copyOf(columns), Precision.MS, rows);
    }
}
