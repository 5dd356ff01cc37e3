package io.millrace.devkit.tdengine.engine;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Rows of one table that give values to the same columns. */
sealed interface InsertBatch permits TextBatch, BoundBatch {
    InsertPlan.Target target();

    List<Column> columns();

    /** Makes one row of those with equal keys. The rest is to be called after that. */
    void merge();

    int size();

    long time(int row);

    /** Hands a row's values over to H2, the first as the statement's second parameter. */
    void set(int row, PreparedStatement statement) throws SQLException;
}
