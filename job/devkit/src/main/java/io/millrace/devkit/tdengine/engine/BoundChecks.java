package io.millrace.devkit.tdengine.engine;

import io.millrace.devkit.tdengine.sql.ColumnType;
import io.millrace.devkit.tdengine.sql.DataType;
import io.millrace.devkit.tdengine.sql.TaosException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Refuses bound values that TDengine refuses when they are bound, in its words. */
final class BoundChecks {
    private static final String TOO_LONG = "Value too long for column/tag";

    /** Of one table at once. */
    private static final int MAX_ROWS = Short.MAX_VALUE;

    private BoundChecks() {}

    static void columns(List<Column> columns, List<BoundColumn> bound) {
        int rows = bound.isEmpty() ? 0 : bound.get(0).rows();
        if (bound.isEmpty() || rows == 0 || rows > MAX_ROWS) {
            throw new TaosException(0x236, "bind number out of range or not match");
        }
        if (bound.size() < columns.size()) {
            throw differentRows();
        }
        for (int i = 0; i < columns.size(); i++) {
            if (bound.get(i).rows() != rows) {
                throw differentRows();
            }
            values(columns.get(i), bound.get(i));
        }
    }

    private static TaosException differentRows() {
        return TaosException.invalidOperation("row number in each bind param should be the same");
    }

    /** Checks tags, of which there may be none at all. */
    static void tags(List<Column> tags, List<BoundColumn> bound) {
        if (bound.isEmpty()) {
            return;
        }
        if (bound.size() < tags.size()) {
            throw TaosException.invalidOperation("var tag length is null");
        }
        for (int i = 0; i < tags.size(); i++) {
            values(tags.get(i), bound.get(i));
        }
    }

    private static void values(Column column, BoundColumn bound) {
        ColumnType type = column.type();
        boolean decimalText = type.type().isDecimal() && bound.starts() != null;
        if (bound.type() != type.type().code() && !decimalText
                || bound.starts() == null == BoundColumn.isVariable(bound.type()) && !decimalText) {
            throw TaosException.invalidOperation("column type mis-match with buffer type");
        }
        if (bound.starts() == null && column.kind() != Column.Kind.KEY) {
            return;
        }
        for (int row = 0; row < bound.rows(); row++) {
            if (!bound.isNull(row)) {
                if (bound.starts() != null) {
                    value(column, bound, row);
                }
            } else if (column.kind() == Column.Kind.KEY) {
                throw new TaosException(0x267b, "Primary key column should not be null");
            }
        }
    }

    private static void value(Column column, BoundColumn bound, int row) {
        int limit = column.type().length();
        int length = bound.length(row);
        switch (column.type().type()) {
            case VARCHAR, VARBINARY, GEOMETRY -> {
                if (length > limit) {
                    throw column.isTag()
                            ? TaosException.invalidOperation("tag length is too big")
                            : new TaosException(0x2653, TOO_LONG);
                }
                if (column.type().type() == DataType.GEOMETRY) {
                    geometry(column, bound.bytes(row));
                }
            }
            case NCHAR -> {
                int characters = Utf8.characters(bound.message(), bound.start(row), length);
                // Like the server, it stumbles over empty texts with no other text beside them.
                boolean noneAtAll = bound.starts()[bound.rows()] == 0 && !column.isTag();
                if (characters < 0 || noneAtAll) {
                    throw new TaosException(
                            0x216,
                            "syntax error near 'Unknown error "
                                    + (noneAtAll ? "-2147483368'" : "-2130771884'"));
                }
                if (characters > limit) {
                    throw column.isTag()
                            ? new TaosException(0x2653, TOO_LONG)
                            : ValueReader.tooLong(column);
                }
            }
            case JSON -> JsonTag.check(bound.text(row));
            case DECIMAL, DECIMAL64 -> decimal(column.type(), bound.text(row));
            default -> {
                // any bytes will do
            }
        }
    }

    private static void geometry(Column column, byte[] bytes) {
        if (!Wkb.isValid(bytes)) {
            throw column.isTag()
                    ? TaosException.inValue("", "invalid geometry tag")
                    : new TaosException(0x2803, "Invalid function para value");
        }
    }

    private static void decimal(ColumnType type, String text) {
        try {
            BigDecimal value = new BigDecimal(text).setScale(type.scale(), RoundingMode.HALF_UP);
            if (value.precision() > type.precision()) {
                throw new TaosException(0x2600, "Decimal value overflow");
            }
        } catch (NumberFormatException noNumber) {
            throw TaosException.inValue(text, "invalid decimal data");
        }
    }
}
