package io.millrace.rule.emqx.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parses paths, with the range that may end one. */
final class PathParser {
    /** Steps of one path, and paths within brackets. What works on paths recurses. */
    private static final int MAX_STEPS = 100;

    private final TokenStream tokens;
    private int nesting;

    PathParser(TokenStream tokens) {
        this.tokens = tokens;
    }

    /** Parses a {@link Expr.Path} or a {@link Expr.Slice}. */
    Expr path() {
        Token first = tokens.next();
        boolean quoted = first.kind() == Token.Kind.QUOTED_NAME;
        List<Step> steps = new ArrayList<>();
        steps.add(new Step.Key(first.text()));
        while (true) {
            if (steps.size() > MAX_STEPS) {
                throw TokenStream.error(
                        first.start(),
                        "This path has more than %d steps. Use an alias for the first of them."
                                .formatted(MAX_STEPS));
            }
            if (tokens.accept(".")) {
                steps.add(new Step.Key(member()));
            } else if (tokens.peek().is("[")) {
                Optional<long[]> range = range(1);
                if (range.isPresent()) {
                    return new Expr.Slice(
                            first.start(),
                            new Expr.Path(first.start(), List.copyOf(steps), quoted),
                            range.get()[0],
                            range.get()[1]);
                }
                tokens.next();
                steps.add(index());
                tokens.expect("]", "An index is an integer or a path, and ends with ].");
            } else {
                return new Expr.Path(first.start(), List.copyOf(steps), quoted);
            }
        }
    }

    private String member() {
        Token token = tokens.peek();
        switch (token.kind()) {
            case NAME, QUOTED_NAME, TEXT, INTEGER -> tokens.next();
            case KEYWORD, BOOLEAN, WORD_OPERATOR ->
                    throw tokens.unexpected(
                            "It is a reserved word. Write the member in quotes: .'%s'"
                                    .formatted(token.text()));
            default -> throw tokens.unexpected("Behind the dot comes the name of a member.");
        }
        return token.text();
    }

    private Step index() {
        Token token = tokens.peek();
        if (token.kind() == Token.Kind.NAME || token.kind() == Token.Kind.QUOTED_NAME) {
            if (++nesting > MAX_STEPS) {
                throw TokenStream.error(token.start(), "Indexes are nested too deeply.");
            }
            Expr position = path();
            nesting--;
            if (position instanceof Expr.Path path) {
                return new Step.IndexAt(path);
            }
            throw TokenStream.error(token.start(), "An index is one integer, no range.");
        }
        boolean negative = tokens.accept("-");
        if (!negative) {
            tokens.accept("+");
        }
        if (tokens.peek().kind() != Token.Kind.INTEGER) {
            throw tokens.unexpected("An index is an integer or a path: a[1], a[-1], a[i].");
        }
        long position = number(tokens.next());
        return new Step.Index(negative ? -position : position, negative);
    }

    /** Parses a range that begins with the next bracket, if one does. */
    Optional<long[]> range(int ahead) {
        int at = ahead + signs(ahead);
        if (tokens.peek(at).kind() != Token.Kind.INTEGER || !tokens.peek(at + 1).is("..")) {
            return Optional.empty();
        }
        tokens.next();
        long first = bound();
        tokens.next();
        long last = bound();
        tokens.expect("]", "A range is two integers, such as [1..3], and ends with ].");
        return Optional.of(new long[] {first, last});
    }

    private int signs(int ahead) {
        return tokens.peek(ahead).is("-") || tokens.peek(ahead).is("+") ? 1 : 0;
    }

    private long bound() {
        boolean negative = tokens.accept("-");
        if (!negative) {
            tokens.accept("+");
        }
        if (tokens.peek().kind() != Token.Kind.INTEGER) {
            throw tokens.unexpected("The bounds of a range are integers, such as [1..3].");
        }
        long bound = number(tokens.next());
        return negative ? -bound : bound;
    }

    private static long number(Token token) {
        if (token.text().length() > 18) {
            throw TokenStream.error(
                    token.start(), "Positions and bounds of ranges have at most 18 digits.");
        }
        return Long.parseLong(token.text());
    }
}
