package io.millrace.rule.plan;

import io.millrace.rule.JobOperator;
import io.millrace.rule.RuleJob;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.table.api.StatementSet;
import org.apache.flink.table.api.config.ExecutionConfigOptions;
import org.apache.flink.util.FlinkRuntimeException;

/** What Flink made of statements: a graph that is ready to be run. */
final class RecordedGraph {
    private final Session session;
    private final StreamGraph graph;
    private final List<JobOperator> operators;

    private RecordedGraph(Session session, StreamGraph graph, List<JobOperator> operators) {
        this.session = session;
        this.graph = graph;
        this.operators = operators;
    }

    /** Has Flink make it, of statements whose state nobody goes on from. */
    static RecordedGraph of(Session session, StatementSet statements) {
        return new RecordedGraph(session, record(session, statements), List.of());
    }

    /** Has Flink make it, of rules, with operators that their next version can be told by. */
    static RecordedGraph of(Session session, StatementSet statements, Collection<Rule> rules) {
        nameRules(session, rules);
        StreamGraph graph = record(session, statements);
        return new RecordedGraph(
                session,
                graph,
                new OperatorUids(graph, targets(rules), stateSettings(session)).give());
    }

    private static StreamGraph record(Session session, StatementSet statements) {
        statements.execute();
        return session.recorder().graph().orElseThrow();
    }

    /** So that whoever watches the job can tell its rules by the names that they were given. */
    private static void nameRules(Session session, Collection<Rule> rules) {
        int number = 1;
        for (Rule rule : rules) {
            session.tables()
                    .getConfig()
                    .addJobParameter(RuleJob.RULE_PARAMETER + number++, rule.name());
        }
    }

    private static Map<String, String> targets(Collection<Rule> rules) {
        Map<String, String> targets = new HashMap<>();
        for (Rule rule : rules) {
            List<String> names = rule.target().names;
            targets.put(rule.name(), names.get(names.size() - 1));
        }
        return targets;
    }

    /** What of Flink's settings changes the form of state, so that it cannot be read any more. */
    private static String stateSettings(Session session) {
        boolean expires =
                !session.tables()
                        .getConfig()
                        .get(ExecutionConfigOptions.IDLE_STATE_RETENTION)
                        .isZero();
        return expires ? "expires;" : "";
    }

    /** The operators of the rules. */
    List<JobOperator> operators() {
        return operators;
    }

    /**
     * Starts it.
     *
     * @param more options of Flink's beside those that it was planned with
     */
    JobClient submit(Configuration more) {
        try {
            return session.recorder().run(graph, more);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new FlinkRuntimeException(e);
        }
    }
}
