package io.millrace.functions.library;

import io.millrace.functions.jq.JqEngine;
import io.millrace.functions.value.Described;
import io.millrace.functions.value.FunctionException;
import java.util.function.Function;

/** The function {@code jq} of the group {@code string}. */
final class JqFunctions {
    /** EMQX's default. */
    private static final long TIMEOUT_MILLIS = 10_000;

    private static final Parameter PROGRAM =
            Parameter.of("program", Kind.TEXT).refusing("bad_sql_function_argument");
    private static final Parameter JSON = Parameter.of("json", Kind.ANY);
    private static final Parameter TIMEOUT = Parameter.of("timeout_ms", Kind.INTEGER);

    private JqFunctions() {}

    static void define(Function<String, FunctionGroup> library) {
        library.apply("jq")
                .function(
                        "jq",
                        "All results of a jq program for a JSON text, or any other value. It may take"
                                + " 10 s, or so many milliseconds, and ten million steps.")
                .prepared(Kind.ARRAY, JqFunctions::prepare, PROGRAM, JSON)
                .prepared(Kind.ARRAY, JqFunctions::prepare, PROGRAM, JSON, TIMEOUT)
                .takesUndefined()
                .inFlink(
                        "The language is that of jq 1.7 without input, modules, dates by format and"
                                + " $ENV; regular expressions are Java's.")
                .example("jq('.o | keys', '{\"o\":{\"b\":1,\"a\":2}}')", "[[\"a\",\"b\"]]")
                .example("jq('.[] | select(. > 1)', '[1,2,3]', 1000)", "[2,3]")
                .add();
    }

    private static Body prepare(Constants constants) {
        JqEngine engine = new JqEngine();
        CompiledArgument<JqEngine.Program> program =
                CompiledArgument.of(
                        constants, 0, "jq", PROGRAM, text -> engine.compile((String) text));
        return arguments ->
                program.of(arguments[0])
                        .run(
                                arguments[1],
                                arguments.length == 2 ? TIMEOUT_MILLIS : millis(arguments[2]));
    }

    private static long millis(Object timeout) {
        if (timeout instanceof Long millis && millis >= 0 && millis <= Integer.MAX_VALUE) {
            return millis;
        }
        throw new FunctionException(
                "jq_exception",
                "jq: timeout_ms is %s; allowed are 0 to %d."
                        .formatted(Described.of(timeout), Integer.MAX_VALUE));
    }
}
