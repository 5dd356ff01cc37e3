package io.millrace.tdengine.letters;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.tdengine.client.SqlText;
import io.millrace.tdengine.client.TDengineConnection;
import io.millrace.tdengine.client.TableSchemas;
import io.millrace.tdengine.client.TargetTable;
import io.millrace.tdengine.client.TimePrecision;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The letters in a table. For one thread, like the connection. */
public final class StoredLetters {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final TDengineConnection connection;
    private final LetterTable table;
    private final TimePrecision precision;

    /**
     * A letter.
     *
     * @param time with {@code id} the letter's key, in the unit of the database
     * @param members as the letter's JSON line would have them
     * @param replayed whether its row was written after all
     */
    public record Stored(
            long time, String id, Instant at, Map<String, Object> members, boolean replayed) {}

    private StoredLetters(
            TDengineConnection connection, LetterTable table, TimePrecision precision) {
        this.connection = connection;
        this.table = table;
        this.precision = precision;
    }

    /**
     * Opens a table; empty if it is not there.
     *
     * @throws IllegalArgumentException if it is no table of letters
     */
    public static Optional<StoredLetters> open(TDengineConnection connection, LetterTable table)
            throws SQLException {
        Optional<TargetTable> found =
                new TableSchemas(connection).describe(table.database(), table.name());
        Optional<String> problem = found.flatMap(table::problem);
        if (problem.isPresent()) {
            throw new IllegalArgumentException(problem.get());
        }
        return found.map(there -> new StoredLetters(connection, table, there.precision()));
    }

    /** Some letters in the order of their time. */
    public List<Stored> page(Instant since, int limit, long offset) throws SQLException {
        return connection.query(
                "SELECT CAST(ts AS BIGINT), id, rule, reason, code, target, super_table, row_json,"
                        + " shortened, CAST(replayed AS BIGINT) FROM "
                        + table.sql()
                        + " WHERE ts >= "
                        + precision.of(since.toEpochMilli(), since.getNano() % 1_000_000)
                        + " ORDER BY ts, id LIMIT "
                        + limit
                        + " OFFSET "
                        + offset,
                this::stored);
    }

    private Stored stored(ResultSet row) throws SQLException {
        long time = row.getLong(1);
        Instant at = instant(time);
        boolean shortened = row.getBoolean(9);
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("at", at.toString());
        members.put("origin", "tdengine");
        members.put("reason", row.getString(4));
        String target = String.valueOf(row.getString(6));
        int dot = target.indexOf('.');
        members.put("database", dot < 0 ? target : target.substring(0, dot));
        putIfGiven(members, "super_table", row.getString(7));
        putIfGiven(members, "table", dot < 0 ? null : target.substring(dot + 1));
        putIfGiven(members, "code", row.getString(5));
        members.put("row", value(row.getString(8)));
        putIfGiven(members, "rule", row.getString(3));
        if (shortened) {
            members.put("shortened", true);
        }
        boolean replayed = row.getObject(10) != null;
        return new Stored(time, row.getString(2), at, whole(members), replayed);
    }

    /** A letter that is about no row stands in the row's column as it is. */
    private static Map<String, Object> whole(Map<String, Object> members) {
        if (!(members.get("row") instanceof Map<?, ?> row
                && row.keySet().containsAll(List.of("at", "origin", "reason")))) {
            return members;
        }
        Map<String, Object> letter = new LinkedHashMap<>();
        row.forEach((name, value) -> letter.put(name.toString(), value));
        return letter;
    }

    private static void putIfGiven(Map<String, Object> members, String name, String value) {
        if (value != null) {
            members.put(name, value);
        }
    }

    private static Object value(String json) {
        try {
            return json == null ? null : MAPPER.readValue(json, Object.class);
        } catch (JsonProcessingException cut) {
            return json;
        }
    }

    private Instant instant(long time) {
        BigInteger[] parts =
                BigInteger.valueOf(time)
                        .multiply(BigInteger.valueOf(1_000_000_000L / precision.perSecond()))
                        .divideAndRemainder(BigInteger.valueOf(1_000_000_000L));
        return Instant.ofEpochSecond(parts[0].longValueExact(), parts[1].longValueExact());
    }

    /** Says of a letter that its row is written. */
    public void markReplayed(Stored letter) throws SQLException {
        connection.execute(
                "INSERT INTO "
                        + table.sql()
                        + " (ts,id,replayed) VALUES ("
                        + letter.time()
                        + ","
                        + SqlText.literal(letter.id())
                        + ",NOW)");
    }
}
