package io.millrace.functions.library;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** What is not computed from arguments alone: identifiers, variables, EMQX's own lists. */
final class EnvironmentFunctions {
    /** What EMQX's variables begin with, so that no secret of a machine can be read by a rule. */
    private static final String PREFIX = "EMQXVAR_";

    private EnvironmentFunctions() {}

    static void define(Function<String, FunctionGroup> library) {
        defineUuid(library.apply("uuid"));
        defineVariables(library.apply("environment"));
        defineTopicLists(library.apply("topic list"));
    }

    private static void defineUuid(FunctionGroup group) {
        group.function("uuid_v4", "A random UUID.")
                .overload(Kind.TEXT, arguments -> UUID.randomUUID().toString())
                .varies()
                .inFlink("Flink's UUID().")
                .example("uuid_v4()", null)
                .add();
        group.function("uuid_v4_no_hyphen", "A random UUID as 32 hexadecimal digits.")
                .overload(Kind.TEXT, arguments -> UUID.randomUUID().toString().replace("-", ""))
                .varies()
                .example("uuid_v4_no_hyphen()", null)
                .add();
    }

    private static void defineVariables(FunctionGroup group) {
        group.function(
                        "getenv",
                        "The environment variable EMQXVAR_name of the process that runs the rule; an"
                                + " empty text if it is not set.")
                .overload(
                        Kind.TEXT,
                        arguments -> variable((String) arguments[0]),
                        Parameter.of("name", Kind.TEXT).refusing("bad_sql_function_argument"))
                .varies()
                .inFlink(
                        "On a cluster every task manager has its own environment: set the variable"
                                + " on all of them.")
                .example("getenv('NOT_SET_ANYWHERE')", "\"\"")
                .add();
    }

    private static String variable(String name) {
        String value = System.getenv(PREFIX + name);
        return value == null ? "" : value;
    }

    /** EMQX looks for a kind of list that no JSON gives. */
    private static void defineTopicLists(FunctionGroup group) {
        for (String name : List.of("contains_topic", "contains_topic_match")) {
            Parameter filters = Parameter.of("topic_filters", Kind.ARRAY);
            Parameter topic = Parameter.of("topic", Kind.TEXT);
            group.function(
                            name,
                            "Always false: EMQX looks into a list of its own kind, which no message"
                                    + " has.")
                    .overload(Kind.BOOLEAN, arguments -> false, filters, topic)
                    .overload(
                            Kind.BOOLEAN,
                            arguments -> false,
                            filters,
                            topic,
                            Parameter.of("qos", Kind.INTEGER))
                    .example(name + "(['t/1'], 't/1')", "false")
                    .add();
        }
    }
}
