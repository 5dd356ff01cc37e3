package io.millrace.tdengine.letters;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.tdengine.client.SqlText;
import io.millrace.tdengine.client.TDengineConnection;
import io.millrace.tdengine.client.TDengineType;
import io.millrace.tdengine.client.TableSchemas;
import io.millrace.tdengine.client.TargetColumn;
import io.millrace.tdengine.client.TargetTable;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes the rows in dead letters into the tables that they were meant for. For one thread, like
 * the connection.
 */
public final class RowReplay {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int LONGEST_STATEMENT = 1 << 20;

    private final TDengineConnection connection;
    private final TableSchemas schemas;
    private final Map<String, Optional<TargetTable>> tables = new HashMap<>();

    /** What makes it impossible to write a letter's row, as a sentence. */
    public static final class NotPossibleException extends Exception {
        private static final long serialVersionUID = 1L;

        NotPossibleException(String message) {
            super(message);
        }
    }

    public RowReplay(TDengineConnection connection) {
        this.connection = connection;
        this.schemas = new TableSchemas(connection);
    }

    /**
     * Writes a letter's row.
     *
     * @param letter its members
     * @throws NotPossibleException if the letter does not say enough
     * @throws SQLException as the server refuses it
     */
    public void write(Map<String, ?> letter) throws NotPossibleException, SQLException {
        connection.execute(statement(letter));
    }

    /**
     * The statement that writes a letter's row.
     *
     * @throws NotPossibleException if the letter does not say enough
     * @throws SQLException if the server does not say what the table is
     */
    public String statement(Map<String, ?> letter) throws NotPossibleException, SQLException {
        if (Boolean.TRUE.equals(letter.get("shortened"))) {
            throw new NotPossibleException("The letter was too long for its table and is cut.");
        }
        if (!(letter.get("row") instanceof Map<?, ?> row)) {
            throw new NotPossibleException("The letter has no row.");
        }
        String database = text(letter.get("database"));
        String superTable = text(letter.get("super_table"));
        String name = text(letter.get("table"));
        if (name == null) {
            name = text(row.get("tbname"));
        }
        if (database == null || name == null) {
            throw new NotPossibleException("The letter does not say the row's table.");
        }
        TargetTable target = describe(database, superTable == null ? name : superTable);
        Parts parts = parts(row, target, letter.get("code") != null);
        String sql = sql(database, name, target, parts);
        if (sql.getBytes(StandardCharsets.UTF_8).length > LONGEST_STATEMENT) {
            throw new NotPossibleException("The row is longer than a statement of 1 MiB.");
        }
        return sql;
    }

    private static String sql(String database, String name, TargetTable target, Parts parts) {
        StringBuilder sql = new StringBuilder("INSERT INTO ");
        sql.append(SqlText.name(database)).append('.').append(SqlText.name(name));
        if (target.isSuperTable() && !parts.tags.isEmpty()) {
            sql.append(" USING ").append(SqlText.name(database)).append('.');
            sql.append(SqlText.name(target.name())).append(list(parts.tags));
            sql.append(" TAGS (").append(String.join(",", parts.tagValues)).append(')');
        }
        return sql.append(list(parts.columns))
                .append(" VALUES (")
                .append(String.join(",", parts.values))
                .append(')')
                .toString();
    }

    private static String list(List<String> names) {
        return names.stream().map(SqlText::name).collect(Collectors.joining(",", " (", ")"));
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }

    private TargetTable describe(String database, String name)
            throws SQLException, NotPossibleException {
        String key = SqlText.name(database) + "." + SqlText.name(name);
        Optional<TargetTable> table = tables.get(key);
        if (table == null) {
            table = schemas.describe(database, name);
            tables.put(key, table);
        }
        return table.orElseThrow(
                () ->
                        new NotPossibleException(
                                "There is no table '" + database + "." + name + "'."));
    }

    /** A row, apart by columns and tags. */
    private static final class Parts {
        private final List<String> columns = new ArrayList<>();
        private final List<String> values = new ArrayList<>();
        private final List<String> tags = new ArrayList<>();
        private final List<String> tagValues = new ArrayList<>();
    }

    private static Parts parts(Map<?, ?> row, TargetTable target, boolean refusedByServer)
            throws NotPossibleException {
        Parts parts = new Parts();
        boolean timed = false;
        for (Map.Entry<?, ?> member : row.entrySet()) {
            String name = member.getKey().toString();
            TargetColumn column = target.column(name).orElse(null);
            if (column == null) {
                if (name.equals("tbname")) {
                    continue;
                }
                throw new NotPossibleException(
                        "Table '" + target.name() + "' has no column or tag '" + name + "'.");
            }
            if (!column.isTag()) {
                parts.columns.add(column.name());
                parts.values.add(literal(column, member.getValue(), refusedByServer));
                timed |= column.role() == TargetColumn.Role.TIME && member.getValue() != null;
            } else if (target.isSuperTable()) {
                parts.tags.add(column.name());
                parts.tagValues.add(literal(column, member.getValue(), refusedByServer));
            }
        }
        if (!timed) {
            throw new NotPossibleException(
                    "The row has no time ('" + target.timeColumn().name() + "').");
        }
        return parts;
    }

    private static String literal(TargetColumn column, Object value, boolean refusedByServer)
            throws NotPossibleException {
        if (value == null) {
            return "NULL";
        }
        if (column.type() == TDengineType.VARBINARY) {
            return bytes(column, value, refusedByServer);
        }
        if (value instanceof Map || value instanceof List) {
            return literal(json(value));
        }
        boolean bare =
                column.type() != TDengineType.VARCHAR
                        && column.type() != TDengineType.NCHAR
                        && (value instanceof Number || value instanceof Boolean);
        String text = value instanceof BigDecimal number ? number.toPlainString() : value + "";
        return bare ? text : literal(text);
    }

    private static String literal(String text) throws NotPossibleException {
        if (text.indexOf('\0') >= 0) {
            throw new NotPossibleException("A text has a NUL in it, which TDengine cannot take.");
        }
        return SqlText.literal(text);
    }

    private static String bytes(TargetColumn column, Object value, boolean refusedByServer)
            throws NotPossibleException {
        try {
            if (refusedByServer) { // then it was bytes, else it may have been a text
                byte[] bytes = Base64.getDecoder().decode(value.toString());
                return "'\\x" + HexFormat.of().formatHex(bytes) + "'";
            }
        } catch (IllegalArgumentException noBase64) {
            // the same answer
        }
        throw new NotPossibleException(
                "Column '"
                        + column.name()
                        + "' takes bytes, and the letter does not say whether its text is Base64.");
    }

    private static String json(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What was read from JSON is JSON", e);
        }
    }
}
