package io.millrace.rule.plan;

import io.millrace.mqtt.client.TopicFilter;
import io.millrace.rule.RuleException;
import io.millrace.rule.emqx.EmqxRule;
import io.millrace.rule.emqx.syntax.EmqxSyntaxException;
import io.millrace.rule.emqx.syntax.Expr;
import io.millrace.rule.operator.MessageColumn;
import io.millrace.rule.operator.MessageInput;
import io.millrace.rule.script.EmqxInsert;
import io.millrace.rule.script.SourceFile;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
            throw rule.statement()
                    .file()
                    .error(
                            Math.min(text.offset() + e.offset(), rule.statement().sql().length()),
                            e.getMessage(),
                            e);
        }
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
