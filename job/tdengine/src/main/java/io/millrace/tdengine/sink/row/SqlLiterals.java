package io.millrace.tdengine.sink.row;

import io.millrace.tdengine.client.TDengineType;
import io.millrace.tdengine.client.TargetColumn;
import java.util.List;

/** Writes the values of a row as SQL, every one escaped by its type. Stateless. */
public final class SqlLiterals {
    private SqlLiterals() {}

    /** Writes the values of a row's columns, commas between, without brackets. */
    public static void append(GrowingBytes out, List<TargetColumn> columns, byte[] row, int from) {
        int position = from;
        for (int i = 0; i < columns.size(); i++) {
            if (i > 0) {
                out.append((byte) ',');
            }
            append(out, columns.get(i).type(), row, position);
            position = RowValues.next(row, position);
        }
    }

    private static void append(GrowingBytes out, TDengineType type, byte[] row, int position) {
        if (RowValues.isNull(row, position)) {
            out.append(SqlBytes.NULL);
            return;
        }
        switch (type) {
            case BOOL ->
                    out.append(RowValues.bits(row, position) != 0 ? SqlBytes.TRUE : SqlBytes.FALSE);
            case FLOAT ->
                    NumberText.append(
                            out, Float.intBitsToFloat((int) RowValues.bits(row, position)));
            case DOUBLE ->
                    NumberText.append(out, Double.longBitsToDouble(RowValues.bits(row, position)));
            case BIGINT_UNSIGNED ->
                    out.appendAscii(Long.toUnsignedString(RowValues.bits(row, position)));
            case DECIMAL ->
                    out.append(row, RowValues.start(position), RowValues.length(row, position));
            case VARCHAR, NCHAR, JSON, GEOMETRY ->
                    StringText.append(
                            out, row, RowValues.start(position), RowValues.length(row, position));
            case VARBINARY ->
                    StringText.appendHex(
                            out, row, RowValues.start(position), RowValues.length(row, position));
            default -> NumberText.append(out, RowValues.bits(row, position));
        }
    }
}
