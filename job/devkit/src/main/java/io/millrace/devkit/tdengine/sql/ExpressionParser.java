package io.millrace.devkit.tdengine.sql;

import java.util.ArrayList;
import java.util.List;

/** Parses expressions. It works on a lexer that others share. */
final class ExpressionParser {
    private final Lexer lexer;

    ExpressionParser(Lexer lexer) {
        this.lexer = lexer;
    }

    Expr expression() {
        Expr left = conjunction();
        while (lexer.accept("OR")) {
            left = new Expr.Binary("OR", left, conjunction());
        }
        return left;
    }

    private Expr conjunction() {
        Expr left = negation();
        while (lexer.accept("AND")) {
            left = new Expr.Binary("AND", left, negation());
        }
        return left;
    }

    private Expr negation() {
        return lexer.accept("NOT") ? new Expr.Unary("NOT", negation()) : predicate();
    }

    private Expr predicate() {
        Expr left = bits();
        while (true) {
            TokenKind kind = lexer.kind();
            switch (kind) {
                case EQUAL, UNEQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL -> {
                    lexer.advance();
                    left = new Expr.Binary(kind.symbol(), left, bits());
                }
                default -> {
                    Expr more = wordPredicate(left);
                    if (more == null) {
                        return left;
                    }
                    left = more;
                }
            }
        }
    }

    private Expr wordPredicate(Expr left) {
        if (lexer.accept("IS")) {
            boolean negated = lexer.accept("NOT");
            expect("NULL");
            return new Expr.IsNull(left, negated);
        }
        if (lexer.accept("MATCH")) {
            return new Expr.Match(left, bits(), true, false);
        }
        if (lexer.accept("NMATCH")) {
            return new Expr.Match(left, bits(), true, true);
        }
        boolean negated = lexer.accept("NOT");
        if (lexer.accept("LIKE")) {
            return new Expr.Match(left, bits(), false, negated);
        }
        if (lexer.accept("BETWEEN")) {
            Expr low = bits();
            expect("AND");
            return new Expr.Between(left, low, bits(), negated);
        }
        if (lexer.accept("IN")) {
            expect(TokenKind.LEFT);
            List<Expr> list = list();
            expect(TokenKind.RIGHT);
            return new Expr.In(left, list, negated);
        }
        if (negated) {
            throw TaosException.syntax(lexer.rest());
        }
        return null;
    }

    List<Expr> list() {
        List<Expr> list = new ArrayList<>();
        do {
            list.add(expression());
        } while (lexer.accept(TokenKind.COMMA));
        return list;
    }

    private Expr bits() {
        Expr left = sum();
        while (lexer.is(TokenKind.AND) || lexer.is(TokenKind.OR)) {
            String operator = lexer.kind().symbol();
            lexer.advance();
            left = new Expr.Binary(operator, left, sum());
        }
        return left;
    }

    private Expr sum() {
        Expr left = product();
        while (lexer.is(TokenKind.PLUS) || lexer.is(TokenKind.MINUS)) {
            String operator = lexer.kind().symbol();
            lexer.advance();
            left = new Expr.Binary(operator, left, product());
        }
        return left;
    }

    private Expr product() {
        Expr left = signed();
        while (lexer.is(TokenKind.STAR)
                || lexer.is(TokenKind.SLASH)
                || lexer.is(TokenKind.PERCENT)) {
            String operator = lexer.kind().symbol();
            lexer.advance();
            left = new Expr.Binary(operator, left, signed());
        }
        return left;
    }

    private Expr signed() {
        if (lexer.accept(TokenKind.MINUS)) {
            return new Expr.Unary("-", signed());
        }
        return lexer.accept(TokenKind.PLUS) ? signed() : primary();
    }

    private Expr primary() {
        String text = lexer.text();
        switch (lexer.kind()) {
            case INTEGER, FLOAT -> {
                lexer.advance();
                return new Expr.Number(text);
            }
            case RADIX -> {
                lexer.advance();
                int radix = Character.toLowerCase(text.charAt(1)) == 'x' ? 16 : 2;
                return new Expr.Number(Long.toString(Long.parseLong(text.substring(2), radix)));
            }
            case DURATION -> {
                return duration();
            }
            case STRING -> {
                String value = lexer.string();
                lexer.advance();
                return new Expr.Text(value);
            }
            case STAR -> {
                lexer.advance();
                return new Expr.Star(null);
            }
            case LEFT -> {
                lexer.advance();
                Expr inner = expression();
                expect(TokenKind.RIGHT);
                return inner;
            }
            case WORD, QUOTED -> {
                return word();
            }
            default -> throw TaosException.syntax(lexer.rest());
        }
    }

    Expr.Duration duration() {
        String text = lexer.text();
        if (!lexer.accept(TokenKind.DURATION)) {
            throw TaosException.syntax(lexer.rest());
        }
        int last = text.length() - 1;
        return new Expr.Duration(Long.parseLong(text.substring(0, last)), text.charAt(last));
    }

    private Expr word() {
        boolean bare = lexer.is(TokenKind.WORD);
        String name = lexer.name();
        int at = lexer.start();
        lexer.advance();
        if (bare && (name.equals("true") || name.equals("false"))) {
            return new Expr.Bool(name.equals("true"));
        }
        if (bare && Keywords.isReserved(name) && !Keywords.isPseudoColumn(name)) {
            return keyword(name, at);
        }
        if (lexer.is(TokenKind.LEFT) && bare) {
            return call(name);
        }
        if (lexer.accept(TokenKind.DOT)) {
            if (lexer.accept(TokenKind.STAR)) {
                return new Expr.Star(name);
            }
            String column = lexer.name();
            lexer.advance();
            return new Expr.Column(name, column);
        }
        return new Expr.Column(null, name);
    }

    private Expr keyword(String name, int at) {
        switch (name) {
            case "null" -> {
                return new Expr.Null();
            }
            case "case" -> {
                return caseExpression();
            }
            case "now", "today" -> {
                if (lexer.accept(TokenKind.LEFT)) {
                    expect(TokenKind.RIGHT);
                }
                return new Expr.Call(name, List.of());
            }
            default -> {
                if (lexer.is(TokenKind.LEFT)) {
                    return call(name);
                }
                lexer.moveTo(at);
                throw TaosException.syntax(lexer.rest());
            }
        }
    }

    private Expr call(String name) {
        expect(TokenKind.LEFT);
        if (name.equals("cast")) {
            Expr value = expression();
            expect("AS");
            ColumnType type = new TypeParser(lexer).type();
            expect(TokenKind.RIGHT);
            return new Expr.Cast(value, type);
        }
        if (lexer.is("DISTINCT")) {
            throw TaosException.syntax(lexer.rest()); // TDengine has no COUNT(DISTINCT x)
        }
        List<Expr> arguments = lexer.is(TokenKind.RIGHT) ? List.of() : list();
        expect(TokenKind.RIGHT);
        return new Expr.Call(name, List.copyOf(arguments));
    }

    private Expr caseExpression() {
        Expr operand = lexer.is("WHEN") ? null : expression();
        List<Expr> conditions = new ArrayList<>();
        List<Expr> results = new ArrayList<>();
        while (lexer.accept("WHEN")) {
            conditions.add(expression());
            expect("THEN");
            results.add(expression());
        }
        Expr otherwise = lexer.accept("ELSE") ? expression() : null;
        expect("END");
        return new Expr.Case(operand, conditions, results, otherwise);
    }

    void expect(String word) {
        if (!lexer.accept(word)) {
            throw TaosException.syntax(lexer.rest());
        }
    }

    void expect(TokenKind kind) {
        if (!lexer.accept(kind)) {
            throw TaosException.syntax(lexer.rest());
        }
    }
}
