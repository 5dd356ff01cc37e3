package io.millrace.tdengine.client;

import java.io.Serializable;

/**
 * A column or tag as {@code DESCRIBE} shows it.
 *
 * @param name as the server keeps it
 * @param type its type
 * @param length of {@code VARCHAR}, {@code VARBINARY} and {@code GEOMETRY} in bytes, of {@code
 *     NCHAR} in characters, of a {@code DECIMAL} its digits
 * @param scale of a {@code DECIMAL}, else 0
 * @param role what it is to the table
 */
public record TargetColumn(String name, TDengineType type, int length, int scale, Role role)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** What a column is to its table. */
    public enum Role {
        /** The first column: time, part of the key, never NULL. */
        TIME,
        /** The second column of a composite key, never NULL. */
        KEY,
        VALUE,
        TAG
    }

    public boolean isTag() {
        return role == Role.TAG;
    }

    /** Says the type as SQL does: {@code NCHAR(64)}. */
    public String describeType() {
        return switch (type) {
            case VARCHAR, NCHAR, VARBINARY, GEOMETRY -> type.sqlName() + "(" + length + ")";
            case DECIMAL -> "DECIMAL(" + length + "," + scale + ")";
            default -> type.sqlName();
        };
    }
}
