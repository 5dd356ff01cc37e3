package io.millrace.devkit.tdengine.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.devkit.tdengine.engine.BindField;
import io.millrace.devkit.tdengine.engine.BoundTable;
import io.millrace.devkit.tdengine.engine.Engine;
import io.millrace.devkit.tdengine.engine.Prepared;
import io.millrace.devkit.tdengine.engine.Result;
import io.millrace.devkit.tdengine.engine.Session;
import io.millrace.devkit.tdengine.sql.TaosException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The statements that one connection has prepared ("stmt2"). They are gone with the connection.
 * Used by one thread at a time.
 */
final class BoundStatements {
    private static final Logger LOG = LoggerFactory.getLogger(BoundStatements.class);

    private final Engine engine;
    private final Session session;
    private final Gate gate;
    private final Cursors cursors;
    private final Map<Long, BoundStatement> statements = new HashMap<>();
    private long lastId;

    BoundStatements(Engine engine, Session session, Gate gate, Cursors cursors) {
        this.engine = engine;
        this.session = session;
        this.gate = gate;
        this.cursors = cursors;
    }

    /** What is to be sent, and what is to be done about the connection. */
    record Reply(Gate.Decision decision, Consumer<ObjectNode> members) {
        private static Reply cut() {
            return new Reply(Gate.Decision.CUT, node -> {});
        }
    }

    /** An action that comes as JSON, or null if it is none of those. */
    Reply act(String action, JsonNode arguments) {
        long id = arguments.path("stmt_id").asLong();
        return switch (action) {
            case "stmt2_init" -> init();
            case "stmt2_prepare" -> prepare(id, arguments.path("sql").asText());
            case "stmt2_exec" -> execute(id);
            case "stmt2_result" -> result(id);
            case "stmt2_close" -> close(id);
            default -> null;
        };
    }

    private Reply init() {
        long id = ++lastId;
        statements.put(id, new BoundStatement());
        return reply(id, node -> {});
    }

    private Reply close(long id) {
        statements.remove(id);
        return reply(id, node -> {});
    }

    private static Reply reply(long id, Consumer<ObjectNode> members) {
        return reply(Gate.Decision.EXECUTE, id, members);
    }

    private static Reply reply(Gate.Decision decision, long id, Consumer<ObjectNode> members) {
        return new Reply(
                decision,
                node -> {
                    node.put("stmt_id", id);
                    members.accept(node);
                });
    }

    private BoundStatement statement(long id) {
        BoundStatement statement = statements.get(id);
        if (statement == null) {
            throw new TaosException(TaosException.ADAPTER, "stmt2 is nil");
        }
        return statement;
    }

    private Reply prepare(long id, String sql) {
        BoundStatement statement = statement(id);
        Gate.Decision decision = statement.keepingFailure(() -> gate.step(Gate.Step.PREPARE, sql));
        if (decision == Gate.Decision.CUT) {
            return Reply.cut();
        }
        Prepared prepared = statement.prepare(sql, () -> engine.prepare(sql, session));
        return reply(decision, id, node -> describe(node, prepared));
    }

    private static void describe(ObjectNode node, Prepared prepared) {
        node.put("is_insert", prepared.isInsert());
        if (prepared.isInsert()) {
            ArrayNode fields = node.putArray("fields");
            for (BindField field : prepared.fields()) {
                fields.addObject()
                        .put("name", field.name())
                        .put("field_type", field.type())
                        .put("precision", field.precision())
                        .put("scale", field.scale())
                        .put("bytes", field.bytes())
                        .put("bind_type", field.kind().code());
            }
        } else {
            node.putNull("fields");
        }
        node.put("fields_count", prepared.parameters());
    }

    /** Values for a statement. */
    Reply bind(long id, byte[] message, int begin) {
        BoundStatement statement = statement(id);
        if (statement.isBroken()) {
            LOG.warn(
                    "Values are bound to a statement whose execution failed, which ends the process"
                            + " of a real taosAdapter; here it ends the connection. Prepare a new"
                            + " statement instead: {}",
                    statement.sql());
            return Reply.cut();
        }
        Gate.Decision decision =
                statement.keepingFailure(() -> gate.step(Gate.Step.BIND, statement.sql()));
        if (decision == Gate.Decision.CUT) {
            return Reply.cut();
        }
        List<BoundTable> tables = BindMessage.read(message, begin);
        statement.bind(tables);
        return reply(decision, id, node -> {});
    }

    private Reply execute(long id) {
        BoundStatement statement = statement(id);
        Gate.Decision decision = ordered(statement);
        if (decision == Gate.Decision.CUT) {
            return Reply.cut();
        }
        Result result = statement.execute();
        long rows = result instanceof Result.Update update ? update.rows() : 0;
        return reply(decision, id, node -> node.put("affected", rows));
    }

    private Gate.Decision ordered(BoundStatement statement) {
        try {
            return gate.statement(statement.sql(), statement.isInsert());
        } catch (TaosException refusal) {
            statement.executionFailed();
            throw refusal;
        }
    }

    private Reply result(long id) {
        Result result = statement(id).result();
        return reply(
                id,
                node ->
                        cursors.open(
                                result instanceof Result.Rows rows ? rows : Result.Rows.none(),
                                node));
    }
}
