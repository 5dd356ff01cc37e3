package io.millrace.functions.library;

import io.millrace.functions.text.Regex;
import io.millrace.functions.text.Replacement;
import java.util.function.Function;

/** The part of the group {@code string} that has regular expressions. */
final class RegexFunctions {
    private static final Parameter S =
            Parameter.of("s", Kind.BYTES).namesAsTexts().refusing("badarg");
    private static final Parameter PATTERN = Parameter.of("pattern", Kind.BYTES).refusing("badarg");
    private static final Parameter BY = Parameter.of("by", Kind.BYTES).refusing("badarg");
    private static final String BYTES =
            "The pattern is one of PCRE and looks at bytes: . is a part of é only.";

    private RegexFunctions() {}

    static void define(Function<String, FunctionGroup> library) {
        FunctionGroup group = library.apply("string");
        group.function("regex_match", "Whether a regular expression matches anywhere in a text.")
                .prepared(
                        Kind.BOOLEAN,
                        constants -> {
                            CompiledArgument<Regex> regex = regex(constants, "regex_match");
                            return arguments -> regex.of(arguments[1]).matches(arguments[0]);
                        },
                        S,
                        PATTERN)
                .inFlink(BYTES)
                .example("regex_match('abc123', '[a-z]+')", "true")
                .add();
        group.function(
                        "regex_replace",
                        "A text with all matches replaced; & is the match, \\1 its first group.")
                .prepared(
                        Kind.TEXT,
                        constants -> {
                            CompiledArgument<Regex> regex = regex(constants, "regex_replace");
                            CompiledArgument<Replacement> by =
                                    CompiledArgument.of(
                                            constants,
                                            2,
                                            "regex_replace",
                                            BY,
                                            Replacement::compile);
                            return arguments ->
                                    regex.of(arguments[1])
                                            .replace(arguments[0], by.of(arguments[2]));
                        },
                        S,
                        PATTERN,
                        BY)
                .inFlink(BYTES)
                .example("regex_replace('ab', '(a)(b)', '\\2\\1')", "\"ba\"")
                .add();
        group.function("regex_extract", "What the groups of the first match have.")
                .prepared(
                        Kind.ARRAY,
                        constants -> {
                            CompiledArgument<Regex> regex = regex(constants, "regex_extract");
                            return arguments -> regex.of(arguments[1]).extract(arguments[0]);
                        },
                        S,
                        PATTERN)
                .inFlink("Flink's REGEXP_EXTRACT gives one group.")
                .example(
                        "regex_extract('2021-05-20', '(\\d{4})-(\\d{2})-(\\d{2})')",
                        "[\"2021\",\"05\",\"20\"]")
                .add();
    }

    private static CompiledArgument<Regex> regex(Constants constants, String function) {
        return CompiledArgument.of(constants, 1, function, PATTERN, Regex::compile);
    }
}
