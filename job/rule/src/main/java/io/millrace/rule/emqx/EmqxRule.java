package io.millrace.rule.emqx;

import io.millrace.functions.library.Library;
import io.millrace.rule.emqx.syntax.EmqxSyntaxException;
import io.millrace.rule.emqx.syntax.RuleParser;
import io.millrace.rule.emqx.syntax.RuleStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A rule in EMQX's language. Immutable; any number of threads may use it, each with an evaluator of
 * its own.
 */
public final class EmqxRule {

    /**
     * What a rule listens to.
     *
     * @param offset where it is written
     * @param topic a topic filter, or the name of an event
     */
    public record Source(int offset, String topic) {}

    private final RuleStatement statement;
    private final Library library;
    private final List<Source> sources;
    private final Set<String> columns;
    private final Optional<Set<String>> outputs;
    private final List<Warning> warnings;

    private EmqxRule(RuleStatement statement, Library library, List<Warning> warnings) {
        this.statement = statement;
        this.library = library;
        this.warnings = List.copyOf(warnings);
        this.sources =
                statement.sources().stream()
                        .map(source -> new Source(source.offset(), source.name()))
                        .toList();
        Compiler compiler = new Compiler(statement, library);
        this.columns = Set.copyOf(compiler.resources().columns());
        this.outputs = compiler.shape().names();
    }

    /**
     * Compiles a rule of a rule file: see {@link Mode#CHECKED}.
     *
     * @throws EmqxSyntaxException if it is wrong
     */
    public static EmqxRule compile(String sql) {
        return compile(sql, Mode.CHECKED, Library.standard());
    }

    /**
     * Compiles a rule.
     *
     * @param library the functions, which know the local time zone
     * @throws EmqxSyntaxException if it is wrong
     */
    public static EmqxRule compile(String sql, Mode mode, Library library) {
        RuleStatement statement = RuleParser.parse(sql, mode == Mode.CHECKED);
        List<Warning> warnings = new ArrayList<>();
        if (mode == Mode.CHECKED) {
            RuleCheck.check(statement, library, warnings);
        }
        return new EmqxRule(statement, library, warnings);
    }

    /** What of a rule works and is probably not meant, whether or not something else is wrong. */
    public static List<Warning> doubts(String sql) {
        List<Warning> warnings = new ArrayList<>();
        try {
            RuleCheck.check(RuleParser.parse(sql, true), Library.standard(), warnings);
        } catch (EmqxSyntaxException wrong) {
            // That is told where the rule is compiled.
        }
        return warnings;
    }

    /** What the rule listens to, as it is written behind FROM. */
    public List<Source> sources() {
        return sources;
    }

    /** Whether a message of a topic is for this rule. */
    public boolean matches(String topic) {
        for (Source source : sources) {
            if (Topics.matches(topic, source.topic())) {
                return true;
            }
        }
        return false;
    }

    /**
     * The columns of the message that the rule may read. If it has {@link #outputs} that depend on
     * the message, it reads all there are.
     */
    public Set<String> columns() {
        return columns;
    }

    /**
     * The names of the outputs, at top level; empty if {@code *} makes them depend on the message.
     */
    public Optional<Set<String>> outputs() {
        return outputs;
    }

    /** What works and is probably not meant. */
    public List<Warning> warnings() {
        return warnings;
    }

    /** The rule as it was written. */
    public RuleStatement statement() {
        return statement;
    }

    /** Makes an evaluator, which gives rows as maps. */
    public EmqxEvaluator evaluator() {
        return new EmqxEvaluator(new Compiler(statement, library));
    }

    /**
     * Makes an evaluator, which gives rows by position.
     *
     * @param wanted names of outputs; one that the rule does not have is always undefined
     */
    public EmqxRowEvaluator evaluator(List<String> wanted) {
        return new EmqxRowEvaluator(new Compiler(statement, library), wanted);
    }
}
