package io.millrace.rule;

import io.millrace.rule.emqx.EmqxRule;
import io.millrace.rule.emqx.convert.Conversion;
import io.millrace.rule.emqx.convert.FlinkConverter;
import io.millrace.rule.emqx.convert.Remark;
import io.millrace.rule.emqx.syntax.EmqxSyntaxException;
import io.millrace.rule.script.Dialect;
import io.millrace.rule.script.EmqxInsert;
import io.millrace.rule.script.Script;
import io.millrace.rule.script.SourceFile;
import io.millrace.rule.script.Statement;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A file of EMQX's rules as Flink SQL. Each rule may stand behind {@code INSERT INTO} or alone.
 *
 * @param sql the text of a rule file; what is not the same stands in comments before its rule
 * @param missing how many parts could not be converted
 * @param different how many parts were, and may give something else
 */
public record ConvertedFile(String sql, long missing, long different) {
    private static final Pattern RULE =
            Pattern.compile(
                    "(INSERT|SELECT|FOREACH)\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern SET_DIALECT =
            Pattern.compile(
                    "SET\\s+'" + Pattern.quote(Dialect.OPTION) + "'\\s*=\\s*'(\\w+)'\\s*",
                    Pattern.CASE_INSENSITIVE);

    /** What is gathered while a file is read. */
    private static final class Output {
        private final StringBuilder sql = new StringBuilder();
        private long missing;
        private long different;

        private void rule(Statement statement) {
            SourceFile file = statement.file();
            EmqxInsert insert = EmqxInsert.of(statement);
            Conversion conversion;
            try {
                conversion = FlinkConverter.convert(EmqxRule.compile(insert.rule()));
            } catch (EmqxSyntaxException e) {
                int at = Math.min(insert.offset() + e.offset(), statement.sql().length());
                throw file.error(at, e.getMessage(), e);
            }
            for (Remark remark : conversion.remarks()) {
                int at = insert.offset() + remark.offset();
                sql.append(remark.converted() ? "-- differs, line " : "-- NOT CONVERTED, line ");
                sql.append(file.line(at)).append(", column ").append(file.column(at)).append(": ");
                sql.append(remark.message().replace('\n', ' ')).append('\n');
                missing += remark.converted() ? 0 : 1;
                different += remark.converted() ? 1 : 0;
            }
            head(file.text().substring(statement.offset(), insert.offset()).strip(), conversion);
        }

        /** Outputs go by name in EMQX and by place in Flink SQL. */
        private void head(String head, Conversion conversion) {
            String query = conversion.sql();
            if (!head.isEmpty()) {
                sql.append(head);
                if (head.endsWith(")")) {
                    String columns = head.substring(head.lastIndexOf('(') + 1, head.length() - 1);
                    query = "SELECT %s FROM (\n%s\n)".formatted(columns.strip(), query);
                } else if (!conversion.columns().isEmpty()) {
                    sql.append(
                            conversion.columns().stream()
                                    .map(name -> "`" + name.replace("`", "``") + "`")
                                    .collect(Collectors.joining(", ", " (", ")")));
                }
                sql.append('\n');
            }
            sql.append(query).append(";\n");
        }
    }

    /**
     * Converts a file. Rules are EMQX's unless the file says otherwise.
     *
     * @throws RuleException if it cannot be read or a rule is wrong
     */
    public static ConvertedFile of(Path path) {
        SourceFile file = SourceFile.read(path);
        List<Statement> statements = Script.read(file);
        Output output = new Output();
        Dialect dialect = Dialect.EMQX;
        int end = 0;
        for (Statement statement : statements) {
            String text = statement.sql().substring(statement.offset());
            Matcher set = SET_DIALECT.matcher(text);
            output.sql.append(
                    file.text().substring(end, statement.offset()).replaceFirst("^;\\h*\\R?", ""));
            if (set.matches()) {
                dialect = dialect(statement, set.group(1));
            } else if (dialect == Dialect.EMQX && RULE.matcher(text).matches()) {
                output.rule(statement);
            } else {
                output.sql.append(statement.source().substring(statement.offset())).append(";\n");
            }
            end = statement.sql().length();
        }
        return new ConvertedFile(output.sql.toString(), output.missing, output.different);
    }

    private static Dialect dialect(Statement statement, String name) {
        try {
            return Dialect.of(name);
        } catch (IllegalArgumentException e) {
            throw statement.error(e);
        }
    }
}
