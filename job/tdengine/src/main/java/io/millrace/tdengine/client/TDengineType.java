package io.millrace.tdengine.client;

import java.util.Locale;

/** The types of TDengine's columns and tags. */
public enum TDengineType {
    TIMESTAMP("TIMESTAMP"),
    BOOL("BOOL"),
    TINYINT("TINYINT"),
    SMALLINT("SMALLINT"),
    INT("INT"),
    BIGINT("BIGINT"),
    TINYINT_UNSIGNED("TINYINT UNSIGNED"),
    SMALLINT_UNSIGNED("SMALLINT UNSIGNED"),
    INT_UNSIGNED("INT UNSIGNED"),
    BIGINT_UNSIGNED("BIGINT UNSIGNED"),
    FLOAT("FLOAT"),
    DOUBLE("DOUBLE"),
    DECIMAL("DECIMAL"),
    /** Length in bytes. */
    VARCHAR("VARCHAR"),
    /** Length in characters (code points). */
    NCHAR("NCHAR"),
    /** Length in bytes. */
    VARBINARY("VARBINARY"),
    GEOMETRY("GEOMETRY"),
    /** Tags only. */
    JSON("JSON"),
    /** A type of a newer server that this connector cannot write. */
    UNKNOWN("UNKNOWN");

    private final String sqlName;

    TDengineType(String sqlName) {
        this.sqlName = sqlName;
    }

    /** As SQL writes it: {@code INT UNSIGNED}. */
    public String sqlName() {
        return sqlName;
    }

    /** Reads the type that {@code DESCRIBE} prints, parameters such as {@code (10,2)} left out. */
    public static TDengineType parse(String described) {
        String name = described.trim().toUpperCase(Locale.ROOT);
        int parameters = name.indexOf('(');
        if (parameters >= 0) {
            name = name.substring(0, parameters).trim();
        }
        if (name.equals("BINARY")) {
            return VARCHAR;
        }
        for (TDengineType type : values()) {
            if (type.sqlName.equals(name)) {
                return type;
            }
        }
        return UNKNOWN;
    }
}
