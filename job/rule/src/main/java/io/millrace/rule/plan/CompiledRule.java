package io.millrace.rule.plan;

import io.millrace.mqtt.client.TopicFilter;
import io.millrace.rule.Problem;
import io.millrace.rule.RuleException;
import io.millrace.rule.emqx.EmqxRule;
import io.millrace.rule.emqx.Warning;
import io.millrace.rule.emqx.syntax.EmqxSyntaxException;
import io.millrace.rule.emqx.syntax.Expr;
import io.millrace.rule.emqx.syntax.Step;
import io.millrace.rule.operator.MessageColumn;
import io.millrace.rule.operator.MessageInput;
import io.millrace.rule.payload.Topic;
import io.millrace.rule.script.EmqxInsert;
import io.millrace.rule.script.SourceFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * A rule of the EMQX dialect, compiled, with its places in the rule's file.
 *
 * @param rule where it stands
 * @param compiled what it is
 */
record CompiledRule(Rule rule, EmqxRule compiled) {

    /**
     * Compiles a rule.
     *
     * @throws RuleException if it is wrong; shows the place
     */
    static CompiledRule of(Rule rule) {
        EmqxInsert text = rule.emqx().orElseThrow();
        try {
            return new CompiledRule(rule, EmqxRule.compile(text.rule()));
        } catch (EmqxSyntaxException e) {
            List<Problem> problems = new ArrayList<>();
            for (Warning doubt : EmqxRule.doubts(text.rule())) {
                problems.add(
                        rule.problem(
                                Problem.Severity.WARNING,
                                text.offset() + doubt.offset(),
                                doubt.message()));
            }
            Stream.concat(Stream.of(e), Stream.of(e.getSuppressed()))
                    .map(EmqxSyntaxException.class::cast)
                    .sorted(Comparator.comparingInt(EmqxSyntaxException::offset))
                    .map(wrong -> problem(rule, text.offset() + wrong.offset(), wrong))
                    .forEach(problems::add);
            throw new RuleException(problems, e);
        }
    }

    private static Problem problem(Rule rule, int offset, EmqxSyntaxException wrong) {
        return rule.problem(
                Problem.Severity.ERROR,
                Math.min(offset, rule.statement().sql().length()),
                wrong.getMessage());
    }

    private int offset(int inRule) {
        return rule.emqx().orElseThrow().offset() + inRule;
    }

    /** The topics that it reads, each once, as names that can be looked up. */
    List<SqlIdentifier> sources() {
        Set<String> seen = new HashSet<>();
        return compiled.sources().stream()
                .filter(source -> seen.add(source.topic()))
                .map(this::name)
                .toList();
    }

    private SqlIdentifier name(EmqxRule.Source source) {
        SourceFile file = rule.statement().file();
        int offset = offset(source.offset());
        try {
            TopicFilter.parse(source.topic());
        } catch (IllegalArgumentException e) {
            throw file.error(offset, e.getMessage(), e);
        }
        SqlParserPos place =
                new SqlParserPos(file.line(offset), file.column(offset)).withQuoting(true);
        return new SqlIdentifier(List.of(source.topic()), null, place, List.of(place));
    }

    /** What it needs of a topic table. */
    Set<MessageInput> inputs() {
        Set<MessageInput> inputs = EnumSet.of(MessageInput.RAW_PAYLOAD, MessageInput.TOPIC);
        compiled.columns().stream()
                .flatMap(name -> MessageColumn.of(name).stream())
                .forEach(column -> inputs.addAll(column.inputs()));
        return inputs;
    }

    EmqxOutputs outputs() {
        return new EmqxOutputs(compiled);
    }

    /** The members of the payload that it reads, and their offsets in the file. */
    Map<Integer, List<String>> members() {
        Map<Integer, List<String>> members = new TreeMap<>();
        for (Expr.Path path : RulePaths.of(compiled.statement())) {
            if (path.root().equals(Topic.PAYLOAD)) {
                List<String> names =
                        path.steps().stream()
                                .takeWhile(Step.Key.class::isInstance)
                                .map(step -> ((Step.Key) step).name())
                                .toList();
                members.put(offset(path.offset()), names);
            }
        }
        return members;
    }

    /** Tells what is probably not meant. */
    void warn(Findings findings) {
        compiled.warnings()
                .forEach(
                        warning ->
                                findings.warn(rule, offset(warning.offset()), warning.message()));
        Set<String> told = new HashSet<>();
        for (Expr.Path path : RulePaths.of(compiled.statement())) {
            String name = path.root();
            if (compiled.columns().contains(name) && told.add(name)) {
                MessageColumn.doubt(name)
                        .ifPresent(doubt -> findings.warn(rule, offset(path.offset()), doubt));
            }
        }
    }
}
