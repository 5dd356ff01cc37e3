package io.millrace.devkit.tdengine.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.devkit.tdengine.engine.Engine;
import io.millrace.devkit.tdengine.engine.Result;
import io.millrace.devkit.tdengine.engine.Session;
import io.millrace.devkit.tdengine.sql.TaosException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One WebSocket connection. All methods but the constructor run one after the other. */
final class WebSocketSession {
    private static final Logger LOG = LoggerFactory.getLogger(WebSocketSession.class);
    private static final int BIND_DATA = 30;
    private static final long QUERY = 6;
    private static final long BIND = 9;
    private static final long VALIDATE = 10;

    private final Channel channel;
    private final Engine engine;
    private final Credentials credentials;
    private final Gate gate;
    private final boolean tokenGiven;
    private final Session session;
    private final Cursors cursors = new Cursors();
    private final BoundStatements boundStatements;
    private boolean connected;

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
        this.boundStatements = new BoundStatements(engine, session, gate, cursors);
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
            case "free_result" -> cursors.free(arguments.path("id").asLong()); // no answer
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
            default -> {
                BoundStatements.Reply reply = guarded(() -> boundStatements.act(action, arguments));
                if (reply == null) {
                    throw TaosException.unsupported(
                            "The action " + action + " (schemaless writing, older statements)");
                }
                send(reply, answer);
            }
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
    void binary(byte[] bytes) {
        ByteBuf message = Unpooled.wrappedBuffer(bytes);
        long request = message.readLongLE();
        long resource = message.readLongLE();
        long action = message.readLongLE();
        if (action == Cursors.FETCH) {
            ByteBuf out = channel.alloc().buffer();
            cursors.fetch(request, resource, out);
            channel.writeAndFlush(new BinaryWebSocketFrame(out));
            return;
        }
        Answer answer = new Answer(name(action), request);
        try {
            requireConnection();
            if (action == BIND) {
                send(guarded(() -> boundStatements.bind(resource, bytes, BIND_DATA)), answer);
                return;
            }
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
        Result result = guarded(() -> engine.execute(sql, session));
        send(new BoundStatements.Reply(decision, node -> describe(node, result)), answer);
    }

    private static <T> T guarded(Supplier<T> work) {
        try {
            return work.get();
        } catch (TaosException refusal) {
            throw refusal;
        } catch (RuntimeException broken) {
            LOG.error("A request failed inside the development server", broken);
            throw new TaosException(TaosException.ADAPTER, String.valueOf(broken.getMessage()));
        }
    }

    private void send(BoundStatements.Reply reply, Answer answer) {
        switch (reply.decision()) {
            case CUT, EXECUTE_AND_CUT -> channel.close();
            case EXECUTE -> send(answer.with(reply.members()));
            case EXECUTE_SILENTLY -> {
                // nobody is told
            }
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
        node.put("is_update", false).put("affected_rows", 0);
        cursors.open((Result.Rows) result, node);
    }

    private void send(ObjectNode answer) {
        channel.writeAndFlush(new TextWebSocketFrame(answer.toString()));
    }
}
