package io.millrace.devkit.tdengine.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.devkit.tdengine.engine.Engine;
import io.millrace.devkit.tdengine.engine.Result;
import io.millrace.devkit.tdengine.engine.ResultColumn;
import io.millrace.devkit.tdengine.engine.Session;
import io.millrace.devkit.tdengine.sql.DataType;
import io.millrace.devkit.tdengine.sql.Precision;
import io.millrace.devkit.tdengine.sql.TaosException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatterBuilder;
import java.util.HexFormat;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests below {@code /rest}. Thread-safe. */
final class RestHandler {
    private static final Logger LOG = LoggerFactory.getLogger(RestHandler.class);

    /**
     * A request, apart from HTTP.
     *
     * @param path the path without query, decoded
     * @param token the parameter {@code token}, or null
     * @param zone the parameter {@code tz}, or null
     */
    record Request(
            String path,
            String token,
            String zone,
            boolean rowWithMeta,
            String header,
            String sql) {}

    /**
     * An answer; a null body closes the connection without one, an empty one says nothing at all.
     */
    record Response(int status, ObjectNode body, boolean cut, boolean silent) {
        static Response of(int status, ObjectNode body) {
            return new Response(status, body, false, false);
        }
    }

    private final Engine engine;
    private final Credentials credentials;
    private final Gate gate;

    RestHandler(Engine engine, Credentials credentials, Gate gate) {
        this.engine = engine;
        this.credentials = credentials;
        this.gate = gate;
    }

    Response handle(Request request) {
        try {
            if (request.path().startsWith("/rest/login/")) {
                return login(request.path().substring("/rest/login/".length()));
            }
            if (request.path().equals("/rest/sql") || request.path().startsWith("/rest/sql/")) {
                return sql(request);
            }
            return Response.of(404, error(0xffff, "page not found"));
        } catch (RestException refusal) {
            return Response.of(refusal.status(), error(refusal.code(), refusal.getMessage()));
        } catch (TaosException refusal) {
            return Response.of(200, error(refusal.code(), refusal.getMessage()));
        } catch (RuntimeException broken) {
            LOG.error("Statement failed inside the development server: {}", request.sql(), broken);
            return Response.of(200, error(0xffff, String.valueOf(broken.getMessage())));
        }
    }

    private static ObjectNode error(int code, String description) {
        return Json.object().put("code", code).put("desc", description);
    }

    private Response login(String rest) {
        int slash = rest.indexOf('/');
        if (slash < 0) {
            return Response.of(400, error(0x1106, "no user or password"));
        }
        String name = rest.substring(0, slash);
        String word = rest.substring(slash + 1);
        try {
            credentials.check(name, word);
        } catch (TaosException wrong) {
            return Response.of(401, error(3, wrong.getMessage()));
        }
        return Response.of(200, error(0, credentials.restToken(name, word)));
    }

    private Response sql(Request request) {
        if (!credentials.isToken(request.token())) {
            credentials.checkHeader(request.header());
        }
        if (request.sql().isEmpty()) {
            return Response.of(400, error(0x1107, "no msg got"));
        }
        Session session = engine.newSession();
        session.user(credentials.username());
        String database = request.path().substring("/rest/sql".length());
        if (database.length() > 1) {
            try {
                engine.use(database.substring(1), session);
            } catch (TaosException notThere) {
                // as taosAdapter does: the statement will fail if it needs the database
            }
        }
        ZoneId zone = zone(request.zone());
        Gate.Decision decision = gate.statement(request.sql(), Engine.isInsert(request.sql()));
        if (decision == Gate.Decision.CUT) {
            return new Response(0, null, true, false);
        }
        Result result = engine.execute(request.sql(), session);
        return new Response(
                200,
                result instanceof Result.Update update
                        ? update(update)
                        : rows((Result.Rows) result, zone, request.rowWithMeta()),
                decision == Gate.Decision.EXECUTE_AND_CUT,
                decision == Gate.Decision.EXECUTE_SILENTLY);
    }

    private static ZoneId zone(String name) {
        try {
            return name == null || name.isEmpty() ? ZoneOffset.UTC : ZoneId.of(name);
        } catch (DateTimeException unknown) {
            throw new RestException(400, 0xffff, "invalid timezone " + name);
        }
    }

    private static ObjectNode update(Result.Update update) {
        ObjectNode answer = Json.object().put("code", 0);
        answer.putArray("column_meta").addArray().add("affected_rows").add("INT").add(4);
        answer.putArray("data").addArray().add(update.rows());
        return answer.put("rows", 1);
    }

    private static ObjectNode rows(Result.Rows result, ZoneId zone, boolean rowWithMeta) {
        ObjectNode answer = Json.object().put("code", 0);
        ArrayNode meta = answer.putArray("column_meta");
        for (ResultColumn column : result.columns()) {
            meta.addArray()
                    .add(column.name())
                    .add(
                            column.type().type().isDecimal()
                                    ? column.type().sql()
                                    : column.type().type().sql())
                    .add(column.type().length());
        }
        ArrayNode data = answer.putArray("data");
        for (Object[] row : result.rows()) {
            if (rowWithMeta) {
                ObjectNode object = data.addObject();
                for (int i = 0; i < row.length; i++) {
                    ArrayNode one = Json.object().putArray("one");
                    add(one, row[i], result.columns().get(i), result.precision(), zone);
                    object.set(result.columns().get(i).name(), one.get(0));
                }
            } else {
                ArrayNode array = data.addArray();
                for (int i = 0; i < row.length; i++) {
                    add(array, row[i], result.columns().get(i), result.precision(), zone);
                }
            }
        }
        return answer.put("rows", result.rows().size());
    }

    private static void add(
            ArrayNode array, Object value, ResultColumn column, Precision precision, ZoneId zone) {
        if (value == null) {
            array.addNull();
        } else if (column.type().type() == DataType.TIMESTAMP) {
            array.add(time((Long) value, precision, zone));
        } else if (value instanceof Boolean bool) {
            array.add(bool);
        } else if (value instanceof Integer number) {
            array.add(number);
        } else if (value instanceof Long number) {
            array.add(number);
        } else if (isWhole(value)) {
            array.add(((Number) value).longValue()); // 7 and not 7.0, as Go writes it
        } else if (value instanceof Float number) {
            array.add(number);
        } else if (value instanceof Double number) {
            array.add(number);
        } else if (value instanceof BigInteger number) {
            array.add(number);
        } else if (value instanceof BigDecimal number) {
            array.add(number.toPlainString());
        } else if (value instanceof byte[] bytes) {
            array.add(HexFormat.of().formatHex(bytes));
        } else {
            array.add(value.toString());
        }
    }

    private static boolean isWhole(Object value) {
        return (value instanceof Float || value instanceof Double)
                && Math.abs(((Number) value).doubleValue()) < 1e18
                && ((Number) value).doubleValue() == Math.rint(((Number) value).doubleValue());
    }

    private static String time(long ticks, Precision precision, ZoneId zone) {
        return new DateTimeFormatterBuilder()
                .appendPattern("yyyy-MM-dd'T'HH:mm:ss." + "S".repeat(precision.digits()))
                .appendOffset("+HH:MM", "Z")
                .toFormatter(Locale.ROOT)
                .format(precision.instant(ticks).atZone(zone));
    }
}
