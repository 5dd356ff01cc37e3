package io.millrace.rule.emqx.syntax;

import io.millrace.common.DidYouMean;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The words of a rule with a position, and the errors that concern them. */
final class TokenStream {
    /** Words that other dialects have at places where users try them. */
    private static final Set<String> CLAUSES =
            Set.of("SELECT", "FOREACH", "DO", "INCASE", "FROM", "WHERE", "AND", "OR", "AS");

    private static final Set<String> UNKNOWN_CLAUSES =
            Set.of("GROUP", "HAVING", "ORDER", "LIMIT", "JOIN", "UNION", "LIKE", "BETWEEN", "IS");

    private final List<Token> tokens;
    private int at;

    TokenStream(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token peek() {
        return tokens.get(at);
    }

    Token peek(int ahead) {
        return tokens.get(Math.min(at + ahead, tokens.size() - 1));
    }

    Token next() {
        Token token = tokens.get(at);
        if (at < tokens.size() - 1) {
            at++;
        }
        return token;
    }

    boolean accept(String word) {
        boolean found = peek().is(word);
        if (found) {
            next();
        }
        return found;
    }

    Token expect(String word, String remedy) {
        if (!peek().is(word)) {
            throw unexpected(remedy);
        }
        return next();
    }

    /** An error at the next word: what it is and what may be here. */
    EmqxSyntaxException unexpected(String remedy) {
        Token token = peek();
        return error(
                token.start(),
                "Unexpected %s. %s%s"
                        .formatted(
                                token.shown(),
                                hint(token).orElse(remedy),
                                token.kind() == Token.Kind.NAME
                                        ? DidYouMean.hint(CLAUSES, token.text())
                                        : ""));
    }

    private Optional<String> hint(Token token) {
        String upper = token.text().toUpperCase(Locale.ROOT);
        if (token.kind() == Token.Kind.NAME && UNKNOWN_CLAUSES.contains(upper)) {
            return Optional.of(
                    upper
                            + " is not part of EMQX's rules. Write the rule in Flink SQL, which has"
                            + " it.");
        }
        return Optional.empty();
    }

    static EmqxSyntaxException error(int offset, String message) {
        return new EmqxSyntaxException(EmqxSyntaxException.Kind.PARSE, offset, message);
    }
}
