package io.millrace.cli.fit;

import io.millrace.mqtt.table.SourceUid;
import io.millrace.rule.JobOperator;
import io.millrace.rule.OperatorUid;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says in words what becomes of state. Stateless. */
public final class FitReport {
    private FitReport() {}

    /** What is taken over, what begins anew, what is lost: a table of two columns. */
    public static List<String> lines(StateFit fit, List<JobOperator> planned) {
        List<String> lines = new ArrayList<>();
        add(lines, "goes on", fit.taken().stream().flatMap(FitReport::described).toList());
        add(lines, "moves", fit.moves().stream().flatMap(FitReport::described).toList());
        add(lines, "new", fresh(fit, planned));
        add(lines, "is lost", fit.losses().stream().map(FitReport::described).toList());
        add(lines, "note", fit.notes());
        return lines;
    }

    private static void add(List<String> lines, String head, List<String> texts) {
        for (String text : texts) {
            boolean first = text.equals(texts.get(0));
            lines.add("  %-9s %s".formatted(first ? head : "", text));
        }
    }

    private static Stream<String> described(SavedOperator operator) {
        Optional<SourceUid> source = operator.uid().flatMap(SourceUid::parse);
        if (source.isPresent()) {
            return Stream.of(
                    "sessions %s-* of topic '%s'"
                            .formatted(source.get().clientIds(), source.get().topic()));
        }
        return operator
                .uid()
                .flatMap(OperatorUid::parse)
                .filter(uid -> !writes(uid))
                .filter(uid -> !operator.isEmpty())
                .map(uid -> Held.by(uid.kind(), operator) + " of " + rules(uid.rules()))
                .stream();
    }

    private static Stream<String> described(StateFit.Move move) {
        Optional<SourceUid> from = move.from().uid().flatMap(SourceUid::parse);
        Optional<SourceUid> to = SourceUid.parse(move.to().uid());
        if (from.isPresent() && to.isPresent()) {
            return Stream.of(
                    "topic '%s' to '%s': what the broker still keeps for the former is read first to its end"
                            .formatted(from.get().topic(), to.get().topic()));
        }
        return described(move.from()).map(text -> text + ", now of " + rules(move.to().rules()));
    }

    private static List<String> fresh(StateFit fit, List<JobOperator> planned) {
        Set<String> known = fit.taken().stream().map(SavedOperator::id).collect(Collectors.toSet());
        fit.moves().forEach(move -> known.add(move.to().id()));
        Set<String> topics = new TreeSet<>();
        for (JobOperator operator : planned) {
            if (!known.contains(operator.id())) {
                SourceUid.parse(operator.uid())
                        .ifPresent(
                                source ->
                                        topics.add(
                                                "sessions %s-* of topic '%s'"
                                                        .formatted(
                                                                source.clientIds(),
                                                                source.topic())));
            }
        }
        return List.copyOf(topics);
    }

    private static String described(StateFit.Loss loss) {
        return "%s of %s".formatted(loss.holds(), rules(loss.rules()));
    }

    private static boolean writes(OperatorUid uid) {
        return uid.kind().contains(": Writer") || uid.kind().contains(": Committer");
    }

    /** Why the new version is refused, for each part that is lost. */
    public static List<String> reasons(StateFit fit) {
        return fit.losses().stream().map(FitReport::reason).toList();
    }

    private static String reason(StateFit.Loss loss) {
        if (loss.rules().isEmpty()) {
            return "Operator '%s' of the running job holds %s, and the new version has no such operator."
                    .formatted(loss.kind(), loss.holds());
        }
        boolean one = loss.rules().size() == 1;
        String holds =
                "%s %s %s"
                        .formatted(
                                capital(rules(loss.rules())), one ? "holds" : "hold", loss.holds());
        if (loss.ruleIsGone()) {
            return "%s, whose rows are not written yet, and the new version has no such %s."
                    .formatted(holds, one ? "rule" : "rules");
        }
        return "%s that the new version cannot read (%s): %s windows, keys, aggregates or joins, or the types of what goes into them, are others now."
                .formatted(holds, loss.kind(), one ? "its" : "their");
    }

    private static String rules(List<String> rules) {
        if (rules.isEmpty()) {
            return "no rule that is known";
        }
        String names =
                rules.stream().map(rule -> "'" + rule + "'").collect(Collectors.joining(", "));
        return (rules.size() == 1 ? "rule " : "rules ") + names;
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
