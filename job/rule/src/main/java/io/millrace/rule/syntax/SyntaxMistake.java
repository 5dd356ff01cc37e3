package io.millrace.rule.syntax;

import io.millrace.common.DidYouMean;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is wrong with a statement that a parser refuses. A parser tells where it stopped, which is
 * often behind the mistake; so mistakes that are often made are repaired one after the other, and
 * the first repair that the parser takes is what is told.
 *
 * @param offset of the place, in the statement's text
 * @param message what is wrong
 * @param remedy what to do; may be empty
 */
public record SyntaxMistake(int offset, String message, String remedy) {
    private static final String RULE = "A rule is 'INSERT INTO table SELECT … FROM \"topic\";'.";

    /** More than these help nobody. */
    private static final int MAX_EXPECTED = 6;

    /**
     * Where and why a parser stopped.
     *
     * @param offset in the statement's text
     * @param expected what it would have taken there
     */
    public record Stop(int offset, String message, List<String> expected) {}

    /**
     * Finds out.
     *
     * @param sql the statement
     * @param parser where it stops; empty if it takes the text
     */
    public static SyntaxMistake of(String sql, Stop stop, Function<String, Optional<Stop>> parser) {
        List<Token> tokens = Token.of(sql);
        int at = 0;
        while (at < tokens.size() && tokens.get(at).end() <= stop.offset()) {
            at++;
        }
        if (at == 0 && !tokens.isEmpty()) {
            return first(tokens.get(0));
        }
        if (stop.message().startsWith("Non-query expression") && at < tokens.size()) {
            return query(sql, tokens, at, parser);
        }
        List<Repair> repairs = Repairs.of(sql, tokens, at);
        Optional<Repair> right =
                repairs.stream()
                        .filter(repair -> parser.apply(repair.apply(sql)).isEmpty())
                        .findFirst()
                        .or(() -> further(repairs, sql, stop, parser));
        int index = at;
        return right.map(
                        repair ->
                                new SyntaxMistake(
                                        repair.place(), repair.message(), repair.remedy()))
                .or(() -> order(tokens, index))
                .orElseGet(() -> plain(stop, tokens, index));
    }

    /** Some mistakes are plain also where something else is wrong behind them. */
    private static Optional<Repair> further(
            List<Repair> repairs, String sql, Stop stop, Function<String, Optional<Stop>> parser) {
        return repairs.stream()
                .filter(Repair::sure)
                .filter(
                        repair -> {
                            OptionalInt next =
                                    parser.apply(repair.apply(sql)).stream()
                                            .mapToInt(Stop::offset)
                                            .findFirst();
                            int moved =
                                    repair.replacement().length() - repair.end() + repair.start();
                            return next.isEmpty() || next.getAsInt() - moved > stop.offset();
                        })
                .findFirst();
    }

    private static SyntaxMistake first(Token token) {
        String hint = hint(Repairs.FIRST, token);
        return new SyntaxMistake(
                token.start(),
                "No statement begins with %s.".formatted(token.shown()),
                hint.isEmpty() ? RULE : hint);
    }

    private static SyntaxMistake query(
            String sql, List<Token> tokens, int at, Function<String, Optional<Stop>> parser) {
        Token token = tokens.get(at);
        // Of a name with a point the parser tells the last part.
        for (Token begin : tokens.subList(Math.max(0, at - 2), tokens.size())) {
            Repair select = Repair.insertBefore(begin, "SELECT", "", "");
            if (parser.apply(select.apply(sql)).isEmpty()) {
                token = begin;
            }
        }
        String hint = hint(List.of("SELECT", "WITH", "VALUES"), token);
        return new SyntaxMistake(
                token.start(),
                "A query must begin here with SELECT, and here stands %s.".formatted(token.shown()),
                hint.isEmpty() ? "Write SELECT in front of it." : hint);
    }

    private static String hint(Collection<String> known, Token token) {
        return DidYouMean.hint(known, token.text().toUpperCase(Locale.ROOT)).strip();
    }

    /** A clause in the wrong place. */
    private static Optional<SyntaxMistake> order(List<Token> tokens, int at) {
        if (at >= tokens.size()) {
            return Optional.empty();
        }
        Token token = tokens.get(at);
        String order = "The order is SELECT, FROM, WHERE, GROUP BY, HAVING, ORDER BY, LIMIT.";
        boolean clause =
                Stream.of("SELECT", "FROM", "WHERE", "GROUP", "HAVING", "ORDER", "LIMIT")
                        .anyMatch(token::is);
        return clause
                ? Optional.of(
                        new SyntaxMistake(
                                token.start(),
                                "%s cannot stand here.".formatted(token.text()),
                                order))
                : Optional.empty();
    }

    private static SyntaxMistake plain(Stop stop, List<Token> tokens, int at) {
        if (at >= tokens.size()) {
            Token last = tokens.get(tokens.size() - 1);
            return new SyntaxMistake(
                    last.start(),
                    "The statement ends behind %s, and something is missing there."
                            .formatted(last.shown()),
                    expected(stop));
        }
        Token token = tokens.get(at);
        return new SyntaxMistake(
                token.start(),
                at == 0
                        ? "A statement cannot begin with %s.".formatted(token.shown())
                        : "%s cannot stand behind %s."
                                .formatted(token.shown(), tokens.get(at - 1).shown()),
                expected(stop));
    }

    private static String expected(Stop stop) {
        List<String> words = stop.expected().stream().distinct().sorted().toList();
        return words.isEmpty() || words.size() > MAX_EXPECTED
                ? "Look for a word that is missing, too much or misspelt in front of it."
                : "Expected is " + words.stream().collect(Collectors.joining(" or ")) + ".";
    }
}
