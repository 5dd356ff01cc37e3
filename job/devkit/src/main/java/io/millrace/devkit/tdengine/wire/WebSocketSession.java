package io.millrace.devkit.tdengine.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.devkit.tdengine.engine.Engine;
import io.millrace.devkit.tdengine.engine.Result;
import io.millrace.devkit.tdengine.engine.ResultColumn;
import io.millrace.devkit.tdengine.engine.Session;
import io.millrace.devkit.tdengine.sql.TaosException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One WebSocket connection. All methods but the constructor run one after the other. */
final class WebSocketSession {
    private static final Logger LOG = LoggerFactory.getLogger(WebSocketSession.class);
    private static final int PREFIX = 24;
    private static final long QUERY = 6;
    private static final long FETCH = 7;
    private static final long BIND = 9;
    private static final long VALIDATE = 10;
    private static final int ROWS_PER_BLOCK = 4096;

    private final Channel channel;
    private final Engine engine;
    private final Credentials credentials;
    private final Gate gate;
    private final boolean tokenGiven;
    private final Session session;
    private final Map<Long, Cursor> cursors = new HashMap<>();
    private boolean connected;
    private long lastId;

    /** Rows that are still to be fetched. */
    private static final class Cursor {
        final Result.Rows result;
        int next;

        Cursor(Result.Rows result) {
            this.result = result;
        }
    }

    WebSocketSession(
            Channel channel,
            Engine engine,
            Credentials credentials,
            Gate gate,
            boolean tokenGiven) {
        this.channel = channel;
        this.engine = engine;
        this.session = engine.newSession();
        this.credentials = credentials;
        this.gate = gate;
        this.tokenGiven = tokenGiven;
    }

    /** A text message: JSON. */
    void text(String message) {
        JsonNode request;
        try {
            request = Json.read(message);
        } catch (JsonProcessingException broken) {
            LOG.warn("Not JSON: {}", message);
            channel.close();
            return;
        }
        String action = request.path("action").asText();
        JsonNode arguments = request.path("args");
        Answer answer = new Answer(action, arguments.path("req_id").asLong());
        try {
            act(action, arguments, answer);
        } catch (TaosException refusal) {
            send(answer.refused(refusal));
        }
    }

    private void act(String action, JsonNode arguments, Answer answer) {
        switch (action) {
            case "version" -> send(answer.with(node -> node.put("version", Engine.VERSION)));
            case "conn" -> connect(arguments, answer);
            case "check_server_status" ->
                    send(answer.with(node -> node.put("status", 2).put("details", "")));
            default -> {
                requireConnection();
                actConnected(action, arguments, answer);
            }
        }
    }

    private void actConnected(String action, JsonNode arguments, Answer answer) {
        switch (action) {
            case "free_result" -> cursors.remove(arguments.path("id").asLong()); // no answer
            case "query" -> query(arguments.path("sql").asText(), answer);
            case "get_current_db" ->
                    send(
                            answer.with(
                                    node ->
                                            node.put(
                                                    "db",
                                                    session.database() == null
                                                            ? ""
                                                            : session.database())));
            case "get_server_info" -> send(answer.with(node -> node.put("info", Engine.VERSION)));
            case "options_connection" -> send(answer.with(node -> {}));
            default ->
                    throw TaosException.unsupported(
                            "The action " + action + " (bound statements and schemaless writing)");
        }
    }

    private void connect(JsonNode arguments, Answer answer) {
        if (connected) {
            throw new TaosException(TaosException.ADAPTER, "duplicate connections");
        }
        if (!tokenGiven) {
            credentials.check(
                    arguments.path("user").asText(""), arguments.path("password").asText(""));
        }
        session.user(credentials.username());
        String database = arguments.path("db").asText("");
        if (!database.isEmpty()) {
            engine.use(database, session);
        }
        String zone = arguments.path("tz").asText("");
        try {
            if (!zone.isEmpty()) {
                session.zone(ZoneId.of(zone));
            }
        } catch (DateTimeException unknown) {
            throw new TaosException(TaosException.ADAPTER, "invalid timezone " + zone);
        }
        connected = true;
        send(answer.with(node -> node.put("version", Engine.VERSION)));
    }

    private void requireConnection() {
        if (!connected) {
            throw new TaosException(TaosException.ADAPTER, "server not connected");
        }
    }

    /** A binary message; everything in it is little-endian. */
    void binary(ByteBuf message) {
        long request = message.readLongLE();
        long resource = message.readLongLE();
        long action = message.readLongLE();
        if (action == FETCH) {
            fetch(request, resource);
            return;
        }
        Answer answer = new Answer(name(action), request);
        try {
            requireConnection();
            if (action != QUERY) {
                throw TaosException.unsupported("The action " + name(action));
            }
            message.skipBytes(2);
            int length = message.readIntLE();
            query(message.readCharSequence(length, StandardCharsets.UTF_8).toString(), answer);
        } catch (TaosException refusal) {
            send(answer.refused(refusal));
        }
    }

    private static String name(long action) {
        if (action == QUERY) {
            return "binary_query";
        }
        if (action == BIND) {
            return "stmt2_bind";
        }
        return action == VALIDATE ? "validate_sql" : "binary_action_" + action;
    }

    private void query(String sql, Answer answer) {
        Gate.Decision decision = gate.statement(sql, Engine.isInsert(sql));
        if (decision == Gate.Decision.CUT) {
            channel.close();
            return;
        }
        Result result;
        try {
            result = engine.execute(sql, session);
        } catch (TaosException refusal) {
            throw refusal;
        } catch (RuntimeException broken) {
            LOG.error("Statement failed inside the development server: {}", sql, broken);
            throw new TaosException(TaosException.ADAPTER, String.valueOf(broken.getMessage()));
        }
        if (decision == Gate.Decision.EXECUTE_AND_CUT) {
            channel.close();
        } else if (decision == Gate.Decision.EXECUTE) {
            send(answer.with(node -> describe(node, result)));
        }
    }

    private void describe(ObjectNode node, Result result) {
        if (result instanceof Result.Update update) {
            node.put("id", 0)
                    .put("is_update", true)
                    .put("affected_rows", update.rows())
                    .put("fields_count", 0)
                    .putNull("fields_names")
                    .putNull("fields_types")
                    .putNull("fields_lengths")
                    .put("precision", 0);
            return;
        }
        Result.Rows rows = (Result.Rows) result;
        long id = ++lastId;
        cursors.put(id, new Cursor(rows));
        node.put("id", id)
                .put("is_update", false)
                .put("affected_rows", 0)
                .put("fields_count", rows.columns().size())
                .put("precision", rows.precision().ordinal());
        ArrayNode names = node.putArray("fields_names");
        ArrayNode types = node.putArray("fields_types");
        ArrayNode lengths = node.putArray("fields_lengths");
        ArrayNode precisions = node.putArray("fields_precisions");
        ArrayNode scales = node.putArray("fields_scales");
        for (ResultColumn column : rows.columns()) {
            names.add(column.name());
            types.add(column.type().type().code());
            lengths.add(column.type().length());
            precisions.add(column.type().precision());
            scales.add(column.type().scale());
        }
    }

    private void fetch(long request, long id) {
        Cursor cursor = cursors.get(id);
        ByteBuf out = channel.alloc().buffer();
        if (cursor == null) {
            header(out, request, TaosException.ADAPTER, "result is nil", id);
            out.writeByte(1);
        } else {
            header(out, request, 0, "", id);
            List<Object[]> all = cursor.result.rows();
            boolean completed = cursor.next >= all.size();
            out.writeByte(completed ? 1 : 0);
            if (completed) {
                cursors.remove(id);
            } else {
                int end = Math.min(cursor.next + ROWS_PER_BLOCK, all.size());
                int length = out.writerIndex();
                out.writeIntLE(0);
                Blocks.write(out, cursor.result.columns(), all.subList(cursor.next, end));
                out.setIntLE(length, out.writerIndex() - length - 4);
                cursor.next = end;
            }
        }
        channel.writeAndFlush(new BinaryWebSocketFrame(out));
    }

    private static void header(ByteBuf out, long request, int code, String message, long id) {
        byte[] text = message.getBytes(StandardCharsets.UTF_8);
        out.writeLongLE(-1);
        out.writeLongLE(FETCH);
        out.writeShortLE(1);
        out.writeLongLE(0); // duration
        out.writeLongLE(request);
        out.writeIntLE(code);
        out.writeIntLE(text.length);
        out.writeBytes(text);
        out.writeLongLE(id);
    }

    private void send(ObjectNode answer) {
        channel.writeAndFlush(new TextWebSocketFrame(answer.toString()));
    }
}
