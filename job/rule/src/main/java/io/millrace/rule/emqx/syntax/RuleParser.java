package io.millrace.rule.emqx.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parses a rule: the clauses. Recursive descent, bounded in depth. */
public final class RuleParser {
    private final TokenStream tokens;
    private final ExpressionParser expressions;

    private RuleParser(TokenStream tokens) {
        this.tokens = tokens;
        this.expressions = new ExpressionParser(tokens);
    }

    /**
     * Parses a rule.
     *
     * @param trailingComments whether a comment may end the rule, which EMQX refuses
     * @throws EmqxSyntaxException if it is none
     */
    public static RuleStatement parse(String sql, boolean trailingComments) {
        return new RuleParser(new TokenStream(Lexer.lex(sql, trailingComments))).statement();
    }

    private RuleStatement statement() {
        boolean foreach = tokens.peek().is("FOREACH");
        if (!foreach && !tokens.peek().is("SELECT")) {
            throw tokens.unexpected("A rule begins with SELECT or FOREACH.");
        }
        tokens.next();
        List<Field> fields = fields();
        Optional<List<Field>> output = Optional.empty();
        Optional<Expr> incase = Optional.empty();
        if (foreach) {
            output = tokens.accept("DO") ? Optional.of(fields()) : Optional.empty();
            incase = condition("INCASE");
        }
        tokens.expect("FROM", "Separate the fields with commas; then comes FROM \"topic\".");
        List<RuleStatement.Source> sources = sources();
        Optional<Expr> where = condition("WHERE");
        if (tokens.peek().kind() != Token.Kind.END) {
            throw tokens.unexpected(
                    where.isPresent()
                            ? "Conditions are joined by AND or OR; nothing follows WHERE."
                            : "After FROM come further topics after commas, then WHERE.");
        }
        return new RuleStatement(foreach, fields, output, incase, sources, where);
    }

    private Optional<Expr> condition(String keyword) {
        return tokens.accept(keyword) ? Optional.of(expressions.condition()) : Optional.empty();
    }

    private List<RuleStatement.Source> sources() {
        List<RuleStatement.Source> sources = new ArrayList<>();
        do {
            Token token = tokens.peek();
            switch (token.kind()) {
                case NAME, QUOTED_NAME, TEXT -> tokens.next();
                default -> throw tokens.unexpected("Write a topic in double quotes here.");
            }
            sources.add(new RuleStatement.Source(token.start(), token.text()));
        } while (tokens.accept(","));
        return List.copyOf(sources);
    }

    private List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        do {
            fields.add(field());
        } while (tokens.accept(","));
        return List.copyOf(fields);
    }

    private Field field() {
        Token token = tokens.peek();
        if (tokens.accept("*")) {
            return new Field.Star(token.start());
        }
        Expr value = expressions.fieldValue();
        if (tokens.accept("AS")) {
            return new Field.Item(value, Optional.of(alias()));
        }
        if (value instanceof Expr.Comparison || !beginsAlias()) {
            return new Field.Item(value, Optional.empty());
        }
        return new Field.Item(value, Optional.of(alias()));
    }

    private boolean beginsAlias() {
        Token.Kind kind = tokens.peek().kind();
        return kind == Token.Kind.NAME || kind == Token.Kind.QUOTED_NAME;
    }

    private Expr.Path alias() {
        Token token = tokens.peek();
        if (!beginsAlias()) {
            throw tokens.unexpected(
                    token.kind() == Token.Kind.TEXT
                            ? "An alias with blanks goes in double quotes."
                            : "An alias is a name, or a name in double quotes.");
        }
        Expr value = expressions.path();
        if (value instanceof Expr.Path path) {
            return path;
        }
        throw TokenStream.error(
                value.offset(),
                "An alias is a path without ranges and calls, such as a.b or a[1].");
    }
}
