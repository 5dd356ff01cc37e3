package io.millrace.rule.syntax;

import io.millrace.common.DidYouMean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The changes that are worth a try where a parser stopped: one for each mistake that is often made.
 * The parser judges which one it was. For one statement.
 */
final class Repairs {
    /** Words that a statement begins with. */
    static final Set<String> FIRST =
            words(
                    "INSERT CREATE SET RESET USE SELECT WITH DROP ALTER EXECUTE LOAD EXPLAIN "
                            + "SHOW DESCRIBE ADD");

    /** Words that clauses are made of. */
    private static final Set<String> CLAUSES =
            words(
                    "INSERT INTO SELECT FROM WHERE GROUP BY HAVING ORDER LIMIT JOIN LEFT "
                            + "RIGHT INNER OUTER ON AS UNION ALL AND OR NOT BETWEEN LIKE IN IS NULL "
                            + "CASE WHEN THEN ELSE END CAST VALUES TABLE VIEW CATALOG FUNCTION WITH "
                            + "INTERVAL DESCRIPTOR DISTINCT OVER PARTITION LATERAL");

    private static final Pattern TIME_TEXT =
            Pattern.compile("'\\s*(\\d+)\\s*([A-Za-z]+?)(?:S|s)?\\s*'");

    private final String sql;
    private final List<Token> tokens;

    /** The number of the token that the parser stopped at. */
    private final int at;

    private final List<Repair> repairs = new ArrayList<>();

    private Repairs(String sql, List<Token> tokens, int at) {
        this.sql = sql;
        this.tokens = tokens;
        this.at = at;
    }

    private static Set<String> words(String text) {
        return new TreeSet<>(Set.of(text.split(" ")));
    }

    /** What to try, the most likely first. */
    static List<Repair> of(String sql, List<Token> tokens, int at) {
        Repairs all = new Repairs(sql, tokens, at);
        for (int i = Math.max(0, at - 2); i <= Math.min(at, tokens.size() - 1); i++) {
            all.keyWord(tokens.get(i));
        }
        all.find(-1).ifPresent(all::interval);
        all.find(0).ifPresent(all::here);
        all.atEnd();
        return all.repairs;
    }

    private Optional<Token> find(int distance) {
        int index = at + distance;
        return index >= 0 && index < tokens.size()
                ? Optional.of(tokens.get(index))
                : Optional.empty();
    }

    private boolean behind(String... words) {
        return find(-1).filter(token -> List.of(words).stream().anyMatch(token::is)).isPresent();
    }

    private void keyWord(Token token) {
        boolean written = CLAUSES.contains(token.text().toUpperCase(Locale.ROOT));
        if (token.kind() != Token.Kind.WORD || written) {
            return;
        }
        CLAUSES.stream()
                .filter(word -> DidYouMean.among(Set.of(word), token.text()).isPresent())
                .forEach(
                        meant ->
                                repairs.add(
                                        Repair.replace(
                                                token,
                                                meant,
                                                "'%s' is no key word here.".formatted(token.text()),
                                                "Did you mean '%s'?".formatted(meant))));
    }

    private void interval(Token before) {
        Matcher time = TIME_TEXT.matcher(before.text());
        if (find(-2).filter(token -> token.is("INTERVAL")).isPresent() && time.matches()) {
            String right =
                    "'%s' %s".formatted(time.group(1), time.group(2).toUpperCase(Locale.ROOT));
            repairs.add(
                    Repair.replace(
                            before,
                            right,
                            "The unit of an interval stands behind the quotes.",
                            "Write INTERVAL %s.".formatted(right)));
        }
    }

    private void here(Token token) {
        if (token.kind() == Token.Kind.TEXT && behind("FROM", "JOIN", "INTO", "TABLE", ",")) {
            String name = token.text().substring(1, token.text().length() - 1);
            repairs.add(
                    Repair.replace(
                            token,
                            "`" + name + "`",
                            "Single quotes are for texts, and here stands a name.",
                            "Write \"%s\".".formatted(name)));
        }
        bareTopic(token);
        operators(token);
        brackets(token);
        commas(token);
        reserved(token);
        statementEnd(token);
    }

    private void bareTopic(Token token) {
        int first = at - 1;
        if (token.is("+") || token.is("#")) {
            first = at - (behind("FROM", "JOIN", "TABLE") ? 0 : 1);
        }
        if (first < 1 || !"/+#".contains(token.text())) {
            return;
        }
        int last = first;
        while (last + 1 < tokens.size()
                && tokens.get(last + 1).start() == tokens.get(last).end()
                && !",);".contains(tokens.get(last + 1).text())) {
            last++;
        }
        int start = tokens.get(first).start();
        int end = tokens.get(last).end();
        String name = sql.substring(start, end);
        repairs.add(
                new Repair(
                        start,
                        end,
                        "`" + name + "`",
                        start,
                        "A topic stands in double quotes.",
                        "Write \"%s\".".formatted(name),
                        true));
    }

    private void operators(Token token) {
        boolean twice =
                find(1).filter(n -> n.text().equals(token.text()) && n.start() == token.end())
                        .isPresent();
        if (twice && token.is("=")) {
            both(token, "=", "SQL has no ==.");
        } else if (twice && token.is("&")) {
            both(token, "AND", "SQL has no &&.");
        } else if (token.is(",") && tokens.subList(0, at).stream().anyMatch(t -> t.is("CAST"))) {
            repairs.add(
                    Repair.replace(
                            token,
                            " AS ",
                            "CAST has no comma.",
                            "Write CAST(value AS TYPE), such as CAST(payload.temp AS DOUBLE)."));
        }
    }

    private void both(Token token, String right, String message) {
        repairs.add(
                new Repair(
                        token.start(),
                        token.end() + 1,
                        " " + right + " ",
                        token.start(),
                        message,
                        "Write %s.".formatted(right),
                        true));
    }

    private void brackets(Token token) {
        if (token.is(")")) {
            repairs.add(
                    Repair.replace(token, " ", "This ) closes nothing.", "Remove it, or open it.")
                            .unsure());
        }
        missing(token, ")", "A ( is not closed in front of %s.");
        missing(token, "END", "A CASE has no END in front of %s.");
        if (behind("GROUP", "ORDER", "PARTITION")) {
            missing(token, "BY", "BY is missing in front of %s.");
        }
        if (token.kind() == Token.Kind.QUOTED_NAME) {
            missing(token, "FROM", "FROM is missing in front of %s.");
        }
        missing(token, "SELECT", "A query must begin here with SELECT, and here stands %s.");
    }

    private void missing(Token token, String word, String message) {
        repairs.add(
                Repair.insertBefore(
                        token,
                        word,
                        message.formatted(token.shown()),
                        word.equals("SELECT")
                                ? "Write SELECT."
                                : "Write %s there.".formatted(word)));
    }

    private void commas(Token token) {
        find(-1).filter(before -> before.is(","))
                .ifPresent(
                        comma ->
                                repairs.add(
                                        Repair.replace(
                                                        comma,
                                                        " ",
                                                        "Nothing follows this comma.",
                                                        "Remove it, or name something behind it.")
                                                .unsure()));
        comma(token);
        if (token.is(".")) {
            find(-1).ifPresent(this::comma);
        }
    }

    private void comma(Token token) {
        repairs.add(
                Repair.insertBefore(
                        token,
                        ",",
                        "A comma is missing in front of %s.".formatted(token.shown()),
                        "Write a comma between the two."));
    }

    private void reserved(Token token) {
        Token name = token.is(".") ? find(1).orElse(token) : token;
        if (name.kind() == Token.Kind.WORD) {
            Repair quoted =
                    Repair.replace(
                            name,
                            "`" + name.text() + "`",
                            "'%s' is a key word of SQL.".formatted(name.text()),
                            "As a name it stands in double quotes: \"%s\".".formatted(name.text()));
            boolean clause = CLAUSES.contains(name.text().toUpperCase(Locale.ROOT));
            repairs.add(clause ? quoted.unsure() : quoted);
        }
    }

    private void statementEnd(Token token) {
        if (at > 0 && FIRST.contains(token.text().toUpperCase(Locale.ROOT))) {
            repairs.add(
                    new Repair(
                            token.start(),
                            sql.length(),
                            "",
                            token.start(),
                            "The statement before this one has no ; at its end.",
                            "Write ; in front of '%s'.".formatted(token.text()),
                            false));
        }
    }

    private void atEnd() {
        if (at >= tokens.size() && !tokens.isEmpty()) {
            Token last = tokens.get(tokens.size() - 1);
            for (String word : List.of(")", "END")) {
                repairs.add(
                        new Repair(
                                last.end(),
                                last.end(),
                                " " + word,
                                last.start(),
                                word.equals(")") ? "A ( is not closed." : "A CASE has no END.",
                                "Write %s there.".formatted(word),
                                false));
            }
        }
    }
}
