package io.millrace.functions.jq;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.functions.value.FunctionException;
import java.util.ArrayList;
import java.util.List;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/**
 * Compiles and runs programs of jq. All that can go wrong is a {@link FunctionException} with the
 * head {@code jq_exception}. Used by one thread at a time.
 */
public final class JqEngine {
    /** The newest language that jackson-jq has. */
    static final Version VERSION = Versions.JQ_1_7;

    /** The most characters of a program. */
    private static final int MOST_PROGRAM = 1 << 14;

    private static final int MOST_MESSAGE = 300;

    private final JqBudget budget;
    private final Scope builtins;

    /** Creates an engine, which takes some milliseconds. */
    public JqEngine() {
        this(JqBudget.MOST_WORK);
    }

    JqEngine(long mostWork) {
        budget = new JqBudget(mostWork);
        builtins = JqBuiltins.scope(budget);
    }

    /** A compiled program. */
    public final class Program {
        private final JsonQuery query;

        private Program(JsonQuery query) {
            this.query = query;
        }

        /**
         * Runs the program.
         *
         * @param input a value; a text is read as JSON
         * @param millis how long it may take
         * @return all results
         */
        public List<Object> run(Object input, long millis) {
            List<JsonNode> results = new ArrayList<>();
            budget.start(millis);
            try {
                JsonNode document = budget.made(JqValues.input(input));
                query.apply(Scope.newChildScope(builtins), document, results::add);
            } catch (FunctionException e) {
                throw "invalid_json".equals(e.head()) ? failure(e.getMessage()) : e;
            } catch (JsonQueryException | RuntimeException e) {
                throw failure(e.getMessage());
            } catch (StackOverflowError e) {
                throw failure("the program is too deep.");
            } finally {
                budget.end();
            }
            List<Object> values = new ArrayList<>(results.size());
            results.forEach(result -> values.add(JqValues.value(result)));
            return values;
        }
    }

    /** Compiles a program. */
    public Program compile(String program) {
        if (program.length() > MOST_PROGRAM) {
            throw failure(
                    "the program has %d characters; allowed are %d."
                            .formatted(program.length(), MOST_PROGRAM));
        }
        try {
            JsonQuery query = JsonQuery.compile(program, VERSION);
            new JqGuard(budget).guard(query);
            return new Program(query);
        } catch (JsonQueryException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw failure("the program cannot be read: " + cause.getMessage());
        } catch (StackOverflowError e) {
            throw failure("the program's parts are too deep in each other.");
        }
    }

    static FunctionException failure(String message) {
        String text = String.valueOf(message);
        return new FunctionException(
                "jq_exception",
                "jq: "
                        + (text.length() <= MOST_MESSAGE
                                ? text
                                : text.substring(0, MOST_MESSAGE) + "..."));
    }
}
