package io.millrace.rule.plan;

import io.millrace.common.DidYouMean;
import io.millrace.rule.Problem;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Says what else Flink's planner complains of in words that help. For one rule. */
final class PlannerWords {
    private static final Pattern FORMAT =
            Pattern.compile(
                    "(?s)Could not find any factory for identifier '([^']+)' that implements '[\\w.]*(?:Ser|Deser)ializationFormatFactory'.*?Available factory identifiers are:\\s*(.*)");
    private static final Pattern NOT_GROUPED =
            Pattern.compile("Expression '([^']+)' is not being grouped");
    private static final Pattern CONVERSION =
            Pattern.compile("implicit type conversion between (\\w+) and (\\w+) is not supported");
    private static final Pattern OPERANDS =
            Pattern.compile(
                    "Cannot apply '([^']+)' to arguments of type '[^<']+?([<(].*)'\\. Supported form\\(s\\): (.*)",
                    Pattern.DOTALL);
    private static final Pattern ARGUMENTS =
            Pattern.compile(
                    "Invalid number of arguments to function '(\\w+)'\\. Was expecting (\\d+) arguments?");
    private static final Pattern TIME_COLUMN =
            Pattern.compile(
                    "requires the timecol to be TIMESTAMP or TIMESTAMP_LTZ, but is ([^.]+)\\.");
    private static final Pattern BARE_INTERVAL =
            Pattern.compile("\\bINTERVAL\\s+(\\d+)\\s+(\\w+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern DESCRIPTOR =
            Pattern.compile("\\bDESCRIPTOR\\s*\\(\\s*([^)]*?)\\s*\\)", Pattern.CASE_INSENSITIVE);
    private static final Pattern TABLE_FUNCTION =
            Pattern.compile("\\bTABLE\\s*\\(\\s*(\\w+)\\s*\\(", Pattern.CASE_INSENSITIVE);
    private static final List<String> WINDOWS = List.of("TUMBLE", "HOP", "CUMULATE", "SESSION");
    private static final String EVENT_TIME =
            "Write DESCRIPTOR(received_at), or give the topic an 'event-time' in the settings' section 'topics'.";

    private final Rule rule;
    private final NamesAt names;

    PlannerWords(Rule rule, NamesAt names) {
        this.rule = rule;
        this.names = names;
    }

    /** What a failure is, in its place. */
    Problem problem(Throwable failure) {
        Problem plain = rule.error(failure).problems().get(0);
        return words(plain.message())
                .map(
                        said ->
                                said.offset() < 0
                                        ? plain.withMessage(said.message(), said.remedy())
                                        : rule.problem(
                                                plain.severity(),
                                                said.offset(),
                                                said.message(),
                                                said.remedy()))
                .orElse(plain);
    }

    private Optional<Words> words(String message) {
        return Stream.<Optional<Words>>of(
                        format(message),
                        rule.emqx().isPresent() ? Optional.empty() : ofQuery(message))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Words> format(String message) {
        Matcher format = FORMAT.matcher(message);
        if (!format.find()) {
            return Optional.empty();
        }
        List<String> known = Stream.of(format.group(2).strip().split("\\s+")).sorted().toList();
        return Optional.of(
                Words.of(
                        "There is no format '%s'; there are %s."
                                .formatted(format.group(1), String.join(", ", known)),
                        DidYouMean.hint(known, format.group(1)).strip()));
    }

    private Optional<Words> ofQuery(String message) {
        Matcher grouped = NOT_GROUPED.matcher(message);
        if (grouped.find()) {
            return Optional.of(notGrouped(grouped.group(1)));
        }
        Matcher conversion = CONVERSION.matcher(message);
        if (conversion.find()) {
            return Optional.of(comparison(conversion.group(1), conversion.group(2)));
        }
        if (message.startsWith("Illegal use of 'NULL'")) {
            return Optional.of(
                    Words.of(
                            "NULL has no type here.",
                            "Write CAST(NULL AS STRING), or another type."));
        }
        Matcher arguments = ARGUMENTS.matcher(message);
        if (arguments.find()) {
            return Optional.of(
                    Words.of(
                            "Function '%s' takes another number of arguments: %s."
                                    .formatted(arguments.group(1), arguments.group(2)),
                            ""));
        }
        return windows(message).or(() -> operands(message));
    }

    private static Words notGrouped(String expression) {
        boolean window = expression.matches(".*window_(start|end|time)");
        return Words.of(
                "'%s' is neither in GROUP BY nor inside a function such as MAX."
                        .formatted(expression),
                window
                        ? "Write GROUP BY window_start, window_end, and what else there is."
                        : "Add it to GROUP BY, or write MAX(%1$s) or LAST_VALUE(%1$s)."
                                .formatted(expression));
    }

    private Words comparison(String left, String right) {
        Optional<MixedComparison.Found> mixed = new MixedComparison(names, rule).find();
        return mixed.map(found -> Words.at(found.offset(), found.message(), found.remedy()))
                .orElseGet(
                        () ->
                                Words.of(
                                        "Values of type %s and %s cannot be compared or combined."
                                                .formatted(left, right),
                                        "Convert one of them with CAST."));
    }

    private Optional<Words> windows(String message) {
        String code = rule.queryText();
        Matcher bare = BARE_INTERVAL.matcher(code);
        if (message.startsWith("Only constant window descriptors") && bare.find()) {
            return Optional.of(
                    Words.at(
                            bare.start(),
                            "The number of an interval stands in single quotes.",
                            "Write INTERVAL '%s' %s.".formatted(bare.group(1), bare.group(2))));
        }
        Matcher descriptor = DESCRIPTOR.matcher(code);
        boolean described = descriptor.find();
        if (described && message.startsWith("Table or column alias must be a simple identifier")) {
            return Optional.of(
                    Words.at(
                            descriptor.start(1),
                            "The time of a window is a column, and %s is inside one."
                                    .formatted(descriptor.group(1)),
                            EVENT_TIME));
        }
        Matcher time = TIME_COLUMN.matcher(message);
        if (described && time.find()) {
            return Optional.of(
                    Words.at(
                            descriptor.start(1),
                            "The time of a window is an event time, and %s is %s."
                                    .formatted(
                                            descriptor.group(1),
                                            time.group(1).replace("VARCHAR(2147483647)", "STRING")),
                            EVENT_TIME));
        }
        Matcher function = TABLE_FUNCTION.matcher(code);
        while (message.contains("$SCALAR_QUERY") && function.find()) {
            String name = function.group(1);
            if (WINDOWS.stream().noneMatch(name::equalsIgnoreCase)) {
                return Optional.of(
                        Words.at(
                                function.start(1),
                                "There is no window function '%s'; there are %s."
                                        .formatted(name, String.join(", ", WINDOWS)),
                                DidYouMean.hint(WINDOWS, name).strip()));
            }
        }
        return Optional.empty();
    }

    private static Optional<Words> operands(String message) {
        Matcher operands = OPERANDS.matcher(message);
        return operands.find() && !operands.group(1).startsWith("$")
                ? Optional.of(
                        Words.of(
                                "'%s' does not take %s."
                                        .formatted(
                                                operands.group(1),
                                                operands.group(2)
                                                        .replaceAll("[<>]", "")
                                                        .replace("VARCHAR(2147483647)", "STRING")
                                                        .replaceFirst("^\\((.*)\\)$", "$1")),
                                "It takes %s."
                                        .formatted(
                                                operands.group(3).replaceAll("\\s+", " ").strip())))
                : Optional.empty();
    }
}
