package io.millrace.rule.plan;

import io.millrace.rule.emqx.EmqxRule;
import io.millrace.rule.emqx.syntax.EmqxSyntaxException;
import io.millrace.rule.emqx.syntax.Expr;
import io.millrace.rule.emqx.syntax.RuleStatement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rule in EMQX's language that gives what the parts of another's condition are: {@code SELECT …,
 * CASE WHEN part THEN 'TRUE' ELSE 'FALSE' END as … FROM …}.
 *
 * @param rule its text
 */
record EmqxProbe(String clause, int line, List<String> parts, List<String> values, String rule) {
    private static final Pattern COMMENT = Pattern.compile("--[^\\n]*");
    private static final Pattern FROM = Pattern.compile("\\bFROM\\s*$", Pattern.CASE_INSENSITIVE);
    private static final Pattern LAST_AND =
            Pattern.compile("\\s+AND\\s*$", Pattern.CASE_INSENSITIVE);
    private static final Pattern PATH =
            Pattern.compile("(\"[^\"]*\"|[\\p{L}_$]\\w*)(\\.(\"[^\"]*\"|\\w+)|\\[[^\\]]*\\])*");
    private static final String PART = "millrace_part_";
    private static final String VALUE = "millrace_value_";

    /** The probes of a rule: of its WHERE and its INCASE, if they can be taken apart. */
    static List<EmqxProbe> of(CompiledRule compiled) {
        List<EmqxProbe> probes = new ArrayList<>();
        String text = compiled.rule().emqx().orElseThrow().rule();
        String sql = COMMENT.matcher(text).replaceAll(found -> " ".repeat(found.group().length()));
        RuleStatement statement = compiled.compiled().statement();
        int source = statement.sources().get(0).offset();
        Matcher from = FROM.matcher(sql.substring(0, source));
        if (!from.find()) {
            return List.of();
        }
        int fromAt = from.start();
        int end = statement.where().map(where -> before(sql, where.offset())).orElse(sql.length());
        statement
                .where()
                .ifPresent(
                        where -> {
                            String head =
                                    statement.foreach()
                                            ? "SELECT "
                                            : sql.substring(0, fromAt).stripTrailing() + ", ";
                            String tail = sql.substring(fromAt, end);
                            add(probes, compiled, "WHERE", where, sql, sql.length(), head, tail);
                        });
        statement
                .incase()
                .ifPresent(
                        incase -> {
                            int foreachEnd =
                                    statement
                                            .output()
                                            .map(output -> before(sql, output.get(0).offset()))
                                            .orElseGet(() -> before(sql, incase.offset()));
                            String head = sql.substring(0, foreachEnd).stripTrailing() + " DO ";
                            String tail = sql.substring(fromAt);
                            add(probes, compiled, "INCASE", incase, sql, fromAt, head, tail);
                        });
        return probes;
    }

    /** Where the key word before a place begins. */
    private static int before(String sql, int offset) {
        int at = offset;
        while (at > 0 && !Character.isLetter(sql.charAt(at - 1))) {
            at--;
        }
        while (at > 0 && Character.isLetter(sql.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    private static void add(
            List<EmqxProbe> probes,
            CompiledRule compiled,
            String clause,
            Expr condition,
            String sql,
            int end,
            String head,
            String tail) {
        List<Expr> nodes = new ArrayList<>();
        addParts(condition, nodes);
        List<String> parts = new ArrayList<>();
        Set<String> values = new LinkedHashSet<>();
        for (int i = 0; i < nodes.size(); i++) {
            int next = i + 1 < nodes.size() ? nodes.get(i + 1).offset() : end;
            String part = sql.substring(nodes.get(i).offset(), next);
            parts.add(LAST_AND.matcher(part).replaceFirst("").strip());
            for (Expr.Path path : RulePaths.of(nodes.get(i))) {
                Matcher value = PATH.matcher(sql).region(path.offset(), sql.length());
                if (value.lookingAt()) {
                    values.add(value.group());
                }
            }
        }
        String rule = head + String.join(", ", fields(parts, values)) + " " + tail + "\n";
        try {
            EmqxRule.compile(rule);
        } catch (EmqxSyntaxException e) {
            // It explains; what it cannot explain is no error of the rule.
            return;
        }
        int line =
                compiled.rule()
                        .statement()
                        .file()
                        .line(compiled.rule().emqx().orElseThrow().offset() + condition.offset());
        probes.add(
                new EmqxProbe(
                        clause,
                        line,
                        parts.stream().map(part -> part.replaceAll("\\s+", " ")).toList(),
                        List.copyOf(values),
                        rule));
    }

    private static void addParts(Expr condition, List<Expr> parts) {
        if (condition instanceof Expr.And and) {
            addParts(and.left(), parts);
            addParts(and.right(), parts);
        } else {
            parts.add(condition);
        }
    }

    /** A part is asked only if those before it hold, as AND does. */
    private static List<String> fields(List<String> parts, Set<String> values) {
        List<String> fields = new ArrayList<>();
        StringBuilder before = new StringBuilder();
        for (String part : parts) {
            fields.add(
                    "CASE %sWHEN (%s) THEN 'TRUE' ELSE 'FALSE' END as %s%d"
                            .formatted(before, part, PART, fields.size()));
            before.append("WHEN not (%s) THEN '%s' ".formatted(part, Probe.NOT_LOOKED_AT));
        }
        int number = 0;
        for (String value : values) {
            fields.add("%s as %s%d".formatted(value, VALUE, number++));
        }
        return fields;
    }

    /** The names of its outputs, in order. */
    List<String> outputs() {
        List<String> outputs = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            outputs.add(PART + i);
        }
        for (int i = 0; i < values.size(); i++) {
            outputs.add(VALUE + i);
        }
        return outputs;
    }

    /** The probe, with the query that runs it. */
    Probe with(String query) {
        return new Probe(clause, line, parts, values, query);
    }
}
