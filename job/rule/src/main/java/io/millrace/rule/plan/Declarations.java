package io.millrace.rule.plan;

import io.millrace.common.DidYouMean;
import io.millrace.rule.Problem;
import io.millrace.rule.RuleException;
import io.millrace.rule.script.SourceFile;
import io.millrace.rule.script.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.flink.sql.parser.ddl.SqlTableOption;

/** Looks at the options of our connectors where a rule file gives some. Stateless. */
final class Declarations {
    private static final String LETTERS = ".dead-letter";
    private static final String CONNECTOR = "connector";

    private Declarations() {}

    /**
     * Looks at a statement that declares a table.
     *
     * @throws RuleException if an option is not known
     */
    static void check(Statement statement, SqlNode node, Findings findings) {
        Map<String, SqlTableOption> options = options(node);
        SqlTableOption connector = options.get(CONNECTOR);
        if (connector == null || !Connections.isOurs(connector.getValueString())) {
            return;
        }
        String type = connector.getValueString();
        SourceFile file = statement.file();
        String format = options.containsKey("format") ? options.get("format").getValueString() : "";
        List<Problem> problems = new ArrayList<>();
        options.forEach(
                (key, option) -> {
                    int at = offset(file, option);
                    boolean ofFormat = !format.isEmpty() && key.startsWith(format + ".");
                    if (!key.equals(CONNECTOR)
                            && !ofFormat
                            && !Connections.isKnownOption(type, key)) {
                        problems.add(
                                file.problem(
                                        Problem.Severity.ERROR,
                                        at,
                                        unknown(type, key),
                                        remedy(type, key)));
                    }
                    if (findings.isCheck()) {
                        Guarantees.lost(key, option.getValueString())
                                .ifPresent(
                                        lost ->
                                                findings.add(
                                                        file.problem(
                                                                lost.severity(),
                                                                at,
                                                                lost.message())));
                    }
                });
        if (!problems.isEmpty()) {
            throw new RuleException(problems, null);
        }
        if (findings.isCheck()
                && options.keySet().stream().noneMatch(key -> key.endsWith(LETTERS))) {
            findings.add(
                    file.problem(
                            Problem.Severity.WARNING,
                            offset(file, connector),
                            "The table says nothing of dead letters, so what cannot be read or written is only logged, which voids the guarantee. Give '%s' = 'file:/folder'."
                                    .formatted(
                                            type.equals("mqtt")
                                                    ? "scan.dead-letter' or 'sink.dead-letter"
                                                    : "sink.dead-letter")));
        }
    }

    /**
     * Looks at the hints of a rule's target.
     *
     * @param connector of the target's table
     * @throws RuleException if one is not known
     */
    static void check(Rule rule, String connector, Findings findings) {
        int at = rule.endOffset(rule.target());
        List<Problem> problems = new ArrayList<>();
        rule.options()
                .forEach(
                        (key, value) -> {
                            int offset = offset(rule, key, at);
                            if (!Connections.isKnownOption(connector, key)) {
                                problems.add(
                                        rule.problem(
                                                Problem.Severity.ERROR,
                                                offset,
                                                unknown(connector, key),
                                                remedy(connector, key)));
                            }
                            if (findings.isCheck()) {
                                Guarantees.lost(key, value)
                                        .ifPresent(
                                                lost ->
                                                        findings.add(
                                                                rule.problem(
                                                                        lost.severity(),
                                                                        offset,
                                                                        lost.message())));
                            }
                        });
        if (!problems.isEmpty()) {
            throw new RuleException(problems, null);
        }
    }

    private static int offset(Rule rule, String key, int from) {
        int found = rule.statement().sql().indexOf("'" + key + "'", from);
        return found < 0 ? from : found;
    }

    private static String unknown(String connector, String option) {
        return "Connector '%s' has no option '%s'.".formatted(connector, option);
    }

    private static String remedy(String connector, String option) {
        return Optional.of(DidYouMean.hint(Connections.knownOptions(connector), option).strip())
                .filter(hint -> !hint.isEmpty())
                .orElse("The README lists them.");
    }

    private static int offset(SourceFile file, SqlNode node) {
        return file.offset(
                node.getParserPosition().getLineNum(), node.getParserPosition().getColumnNum());
    }

    private static Map<String, SqlTableOption> options(SqlNode node) {
        Map<String, SqlTableOption> options = new LinkedHashMap<>();
        if (node instanceof SqlCall call) {
            for (SqlNode operand : call.getOperandList()) {
                if (operand instanceof SqlNodeList list) {
                    for (SqlNode element : list) {
                        if (element instanceof SqlTableOption option) {
                            options.put(option.getKeyString(), option);
                        }
                    }
                }
            }
        }
        return options;
    }

    /** The options that a statement gives, such as those of a catalog. */
    static Map<String, String> texts(SqlNode node) {
        Map<String, String> texts = new LinkedHashMap<>();
        options(node).forEach((key, option) -> texts.put(key, option.getValueString()));
        return texts;
    }
}
