package io.millrace.tdengine.scan;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Makes one of Flink's internal values of a column of a result. Stateless. */
@FunctionalInterface
public interface ValueReader {
    /** Null for NULL. */
    Object read(ResultSet row, int column) throws SQLException;
}
