package io.millrace.rule.plan;

import io.millrace.rule.Places;
import io.millrace.rule.Problem;
import io.millrace.rule.RuleException;
import io.millrace.rule.script.Dialect;
import io.millrace.rule.script.EmqxInsert;
import io.millrace.rule.script.RuleHeader;
import io.millrace.rule.script.Script;
import io.millrace.rule.script.SourceFile;
import io.millrace.rule.script.Statement;
import io.millrace.rule.syntax.SyntaxMistake;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.flink.sql.parser.ddl.SqlReset;
import org.apache.flink.sql.parser.ddl.SqlSet;
import org.apache.flink.sql.parser.ddl.catalog.SqlCreateCatalog;
import org.apache.flink.sql.parser.dml.RichSqlInsert;

/** Reads rule files: statements that are no rules take effect, and the rules are kept. */
final class RuleReader {
    /** What is in EMQX's language if that is the dialect; all else is Flink's. */
    private static final Pattern OF_DIALECT =
            Pattern.compile(
                    "(INSERT|SELECT|FOREACH)\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern CREATED =
            Pattern.compile(
                    "CREATE\\s+(?:OR\\s+(?:REPLACE|ALTER)\\s+)?(?:TEMPORARY\\s+)?(?:SYSTEM\\s+)?"
                            + "(?:TABLE|VIEW|FUNCTION|CATALOG|DATABASE|MODEL)\\s+"
                            + "(?:IF\\s+NOT\\s+EXISTS\\s+)?(?:[^\\s(]*\\.)?(`[^`]+`|\\w+).*",
                    Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final Session session;
    private final Findings findings;
    private final Dialect byDefault;
    private final List<Rule> rules = new ArrayList<>();

    /** What statements that failed would have made, by name, and their places. */
    private final Map<String, String> missing = new LinkedHashMap<>();

    private Dialect dialect;
    private String base;
    private int number;

    RuleReader(Session session, Findings findings) {
        this.session = session;
        this.findings = findings;
        this.byDefault = session.dialect();
        this.dialect = byDefault;
    }

    /** All rules so far. */
    List<Rule> rules() {
        return rules;
    }

    /** Reads a file. What it says of the dialect holds to its end. */
    void read(Path path) {
        Optional<List<Statement>> statements =
                findings.attempt(() -> Script.read(SourceFile.read(path)));
        base = path.getFileName().toString().replaceFirst("\\.[^.]*$", "");
        number = 0;
        dialect = byDefault;
        for (Statement statement : statements.orElse(List.of())) {
            doubts(statement);
            if (!findings.attempt(() -> read(statement))) {
                String text = statement.sql().substring(statement.offset());
                if (text.matches("(?is)USE\\b.*")) {
                    // Names in what follows would mean something else.
                    return;
                }
                Matcher created = CREATED.matcher(text);
                if (created.matches()) {
                    missing.put(created.group(1).replace("`", ""), statement.place());
                }
            }
        }
    }

    private void doubts(Statement statement) {
        for (RuleHeader.Doubtful doubt : statement.header().doubtful()) {
            findings.add(
                    statement
                            .file()
                            .problem(
                                    Problem.Severity.WARNING,
                                    doubt.offset(),
                                    "'%s' is no key of a header, and the line is only a comment. Did you mean '%s'?"
                                            .formatted(doubt.key(), doubt.meant())));
        }
    }

    private void read(Statement statement) {
        Optional<EmqxInsert> emqx = emqx(statement);
        SqlNode node = parse(statement, emqx.map(EmqxInsert::head).orElse(statement.sql()));
        if (node instanceof RichSqlInsert insert) {
            number++;
            add(
                    Rule.of(
                            number == 1 ? base : base + "-" + number,
                            statement,
                            session.tables().getCurrentCatalog(),
                            session.tables().getCurrentDatabase(),
                            insert,
                            emqx));
        } else {
            execute(statement, node);
        }
    }

    private Optional<EmqxInsert> emqx(Statement statement) {
        String text = statement.sql().substring(statement.offset());
        if (dialect != Dialect.EMQX || !OF_DIALECT.matcher(text).matches()) {
            return Optional.empty();
        }
        if (!text.regionMatches(true, 0, "INSERT", 0, "INSERT".length())) {
            throw statement
                    .file()
                    .error(
                            statement.offset(),
                            "A rule alone writes nothing.",
                            "Put its target in front: INSERT INTO target %s …"
                                    .formatted(text.split("\\s", 2)[0]));
        }
        return Optional.of(EmqxInsert.of(statement));
    }

    private static SqlNode parse(Statement statement, String sql) {
        try {
            return FlinkParser.parse(sql);
        } catch (SqlParseException e) {
            SyntaxMistake mistake =
                    SyntaxMistake.of(sql, FlinkParser.stop(sql, e), FlinkParser::stop);
            throw statement.file().error(mistake.offset(), mistake.message(), mistake.remedy(), e);
        }
    }

    /** Dead letters and the tables made for a rule name it, so no two rules share a name. */
    private void add(Rule rule) {
        for (Rule other : rules) {
            if (other.name().equals(rule.name())) {
                throw rule.statement()
                        .file()
                        .error(
                                rule.statement().offset(),
                                "The rule in %s is called '%s' too."
                                        .formatted(other.statement().file().path(), rule.name()),
                                "Give one of them another name with '-- name:'.");
            }
        }
        String text = rule.statement().sql();
        missing.forEach(
                (name, place) -> {
                    if (Pattern.compile("(?<!\\w)" + Pattern.quote(name) + "(?!\\w)")
                            .matcher(text)
                            .find()) {
                        throw LeftOut.because(rule, "'%s' (%s)".formatted(name, place));
                    }
                });
        rules.add(rule);
    }

    private void execute(Statement statement, SqlNode node) {
        if (node.isA(SqlKind.QUERY)) {
            throw statement
                    .file()
                    .error(
                            statement.offset(),
                            "A query alone writes nothing.",
                            "A rule is 'INSERT INTO table SELECT …'.");
        }
        try {
            if (node instanceof SqlSet set && set.getKey() != null) {
                set(set.getKeyString(), set.getValueString());
            } else if (node instanceof SqlReset reset && isDialect(reset)) {
                dialect = byDefault;
            } else if (findings.isCheck() && node.isA(SqlKind.DML)) {
                findings.add(
                        statement
                                .file()
                                .problem(
                                        Problem.Severity.NOTE,
                                        statement.offset(),
                                        "A check does not run this statement."));
            } else if (findings.isCheck() && node instanceof SqlCreateCatalog catalog) {
                String name = catalog.getName().getSimple();
                session.connections()
                        .add(
                                name,
                                Declarations.texts(node),
                                new Places(
                                        Optional.of(statement.file()),
                                        Map.of("connections." + name, statement.offset())));
            } else {
                Declarations.check(statement, node, findings);
                session.tables().executeSql(statement.sql());
            }
        } catch (RuleException e) {
            throw e;
        } catch (RuntimeException e) {
            if (!ServerAwayException.isCauseOf(e)) {
                throw statement.error(e);
            }
            findings.add(
                    statement
                            .file()
                            .problem(
                                    Problem.Severity.NOTE,
                                    statement.offset(),
                                    "This was not checked any further: it asks the server."));
        }
    }

    private void set(String key, String value) {
        if (key.equals(Dialect.OPTION)) {
            dialect = Dialect.of(value);
        } else {
            session.tables().getConfig().set(key, value);
        }
    }

    private static boolean isDialect(SqlReset reset) {
        return reset.getKey() != null && reset.getKeyString().equals(Dialect.OPTION);
    }
}
