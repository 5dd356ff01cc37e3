package io.millrace.rule.script;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a rule file into statements. Stateless. */
public final class Script {
    /** All rules of a job form one statement set anyway, so its brackets may stand or not. */
    private static final Pattern STATEMENT_SET =
            Pattern.compile(
                    "(EXECUTE\\s+STATEMENT\\s+SET\\s+BEGIN|BEGIN\\s+STATEMENT\\s+SET)\\b",
                    Pattern.CASE_INSENSITIVE);

    private static final Pattern END = Pattern.compile("END\\s*", Pattern.CASE_INSENSITIVE);

    private Script() {}

    /** Reads the statements of a file, in order. */
    public static List<Statement> read(SourceFile file) {
        SqlLexer.Lexed lexed = SqlLexer.lex(file);
        List<Statement> statements = new ArrayList<>();
        RuleHeader ofFile = RuleHeader.empty();
        for (SqlLexer.Span span : lexed.spans()) {
            RuleHeader header =
                    ofFile.with(lexed.text().substring(span.start(), span.code()), span.start());
            if (statements.isEmpty() && span.start() == 0) {
                ofFile = header;
            }
            int code = span.code();
            Matcher set = STATEMENT_SET.matcher(lexed.text()).region(code, span.end());
            if (set.lookingAt()) {
                code = set.end();
            }
            String sql = lexed.text().substring(code, span.end());
            if (sql.isBlank() || END.matcher(sql).matches()) {
                continue;
            }
            int offset = code + sql.length() - sql.stripLeading().length();
            statements.add(
                    new Statement(
                            file, blank(lexed.text().substring(0, code)) + sql, offset, header));
        }
        return statements;
    }

    private static String blank(String text) {
        return text.replaceAll("[^\\n]", " ");
    }
}
