package io.millrace.cli.fit;

import io.millrace.mqtt.table.SourceUid;
import io.millrace.rule.JobOperator;
import io.millrace.rule.OperatorUid;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What becomes of the state of a running job when a new version of it is started from a savepoint.
 * Pure logic.
 *
 * @param taken state that its operator finds
 * @param moves state whose operator has another name now and means the same
 * @param losses state that nobody can read and that would be missed
 * @param leftovers state that nobody reads and nobody misses
 */
public record StateFit(
        List<SavedOperator> taken, List<Move> moves, List<Loss> losses, List<Leftover> leftovers) {

    /** Of a job without state. */
    static final StateFit NOTHING = new StateFit(List.of(), List.of(), List.of(), List.of());

    /** State that goes to an operator with another uid. */
    public record Move(SavedOperator from, JobOperator to) {}

    /**
     * State that would be missed.
     *
     * @param rules the rules that it belongs to; empty if that is not known
     * @param ruleIsGone whether the new version has none of them
     * @param kind Flink's word for the operator, or its id
     * @param holds what it is, in words
     */
    public record Loss(List<String> rules, boolean ruleIsGone, String kind, String holds) {}

    /**
     * State that nobody misses.
     *
     * @param note what to know about it; empty if nothing
     */
    public record Leftover(SavedOperator operator, String note) {}

    private static final String WRITER = ": Writer";
    private static final String COMMITTER = ": Committer";

    /**
     * Compares a savepoint with a planned job.
     *
     * @param endedOrderly whether the job that the state is of ends, or has ended, with this very
     *     state, so that what was handed to it to be written is written
     */
    public static StateFit of(
            List<SavedOperator> saved, List<JobOperator> planned, boolean endedOrderly) {
        return new Comparison(saved, planned, endedOrderly).result();
    }

    /** Whether nothing is lost that would be missed. */
    public boolean isWhole() {
        return losses.isEmpty();
    }

    /** Whether Flink must be told that it is all right to leave state aside. */
    public boolean leavesState() {
        return !losses.isEmpty() || !leftovers.isEmpty();
    }

    /** What to know about state that is left aside. */
    public List<String> notes() {
        return leftovers.stream().map(Leftover::note).filter(note -> !note.isEmpty()).toList();
    }

    /** How to find one's way through two lists. */
    private static final class Comparison {
        private final List<SavedOperator> saved;
        private final List<JobOperator> planned;
        private final boolean endedOrderly;
        private final Map<String, JobOperator> byId;
        private final Set<String> wanted;
        private final Set<String> earlierRules;
        private final List<SavedOperator> taken = new ArrayList<>();
        private final List<Move> moves = new ArrayList<>();
        private final List<Loss> losses = new ArrayList<>();
        private final List<Leftover> leftovers = new ArrayList<>();

        Comparison(List<SavedOperator> saved, List<JobOperator> planned, boolean endedOrderly) {
            this.saved = saved;
            this.planned = planned;
            this.endedOrderly = endedOrderly;
            this.byId =
                    planned.stream()
                            .collect(Collectors.toMap(JobOperator::id, Function.identity()));
            Set<String> known = new HashSet<>(byId.keySet());
            saved.stream().map(SavedOperator::id).toList().forEach(known::remove);
            this.wanted = known;
            this.earlierRules =
                    saved.stream()
                            .flatMap(operator -> rules(operator).stream())
                            .collect(Collectors.toSet());
        }

        StateFit result() {
            for (SavedOperator operator : saved) {
                if (operator.bytes() == 0) {
                    continue;
                }
                if (byId.containsKey(operator.id())) {
                    taken.add(operator);
                } else {
                    Optional<JobOperator> other = renamed(operator);
                    other.ifPresentOrElse(
                            to -> {
                                wanted.remove(to.id());
                                moves.add(new Move(operator, to));
                            },
                            () -> left(operator));
                }
            }
            return new StateFit(
                    List.copyOf(taken),
                    List.copyOf(moves),
                    List.copyOf(losses),
                    List.copyOf(leftovers));
        }

        /** The one operator that has no state yet and means the same. */
        private Optional<JobOperator> renamed(SavedOperator operator) {
            List<JobOperator> same =
                    planned.stream()
                            .filter(candidate -> wanted.contains(candidate.id()))
                            .filter(candidate -> meansTheSame(operator, candidate))
                            .toList();
            return same.size() == 1 ? Optional.of(same.get(0)) : Optional.empty();
        }

        private boolean meansTheSame(SavedOperator operator, JobOperator candidate) {
            Optional<OperatorUid> before = operator.uid().flatMap(OperatorUid::parse);
            Optional<OperatorUid> now = OperatorUid.parse(candidate.uid());
            if (before.isPresent() && now.isPresent()) {
                // A rule was given another name, or shares its windows with another one now.
                return before.get().kind().equals(now.get().kind())
                        && before.get().meaning().equals(now.get().meaning());
            }
            Optional<SourceUid> source = operator.uid().flatMap(SourceUid::parse);
            Optional<SourceUid> other = SourceUid.parse(candidate.uid());
            // A rule reads another topic now: it first empties the session that it had.
            return source.isPresent()
                    && other.isPresent()
                    && source.get().isOfSameJob(other.get())
                    && lostSources(source.get()) == 1
                    && earlierRules.containsAll(candidate.rules());
        }

        private long lostSources(SourceUid source) {
            return saved.stream()
                    .filter(operator -> !byId.containsKey(operator.id()))
                    .flatMap(operator -> operator.uid().flatMap(SourceUid::parse).stream())
                    .filter(source::isOfSameJob)
                    .count();
        }

        private void left(SavedOperator operator) {
            Optional<SourceUid> source = operator.uid().flatMap(SourceUid::parse);
            String kind =
                    operator.uid()
                            .flatMap(OperatorUid::parse)
                            .map(OperatorUid::kind)
                            .or(operator::name)
                            .orElse(operator.id());
            if (source.isPresent()) {
                leftovers.add(new Leftover(operator, unread(source.get())));
            } else if (operator.isEmpty()
                    || kind.contains(WRITER)
                    || kind.contains(COMMITTER) && endedOrderly) {
                // A writer's are keys that it only tells repeated rows by.
                leftovers.add(new Leftover(operator, ""));
            } else {
                List<String> rules = rules(operator);
                boolean gone =
                        !rules.isEmpty()
                                && planned.stream()
                                        .noneMatch(
                                                other ->
                                                        rules.stream()
                                                                .anyMatch(other.rules()::contains));
                losses.add(new Loss(rules, gone, kind, Held.by(kind, operator)));
            }
        }

        private static String unread(SourceUid source) {
            return "Topic '%s' is read no more. The broker keeps what is published there for the sessions %s-* until they expire; to end one at once: mosquitto_pub -h HOST -i '%s-0' -t x -n"
                    .formatted(source.topic(), source.clientIds(), source.clientIds());
        }

        private static List<String> rules(SavedOperator operator) {
            return operator.uid()
                    .flatMap(OperatorUid::parse)
                    .map(OperatorUid::rules)
                    .orElse(List.of());
        }
    }
}
