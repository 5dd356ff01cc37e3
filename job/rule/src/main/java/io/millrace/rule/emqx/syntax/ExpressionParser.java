package io.millrace.rule.emqx.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Parses expressions and conditions. One descent reads both, and {@link Places} refuses afterwards
 * what stands where EMQX does not allow it; so no word is read twice.
 */
final class ExpressionParser {
    private static final Set<String> COMPARISONS =
            Set.of("=", "!=", "<>", "<", ">", "<=", ">=", "=~");
    private static final Set<String> SUMS = Set.of("+", "-");
    private static final Set<String> PRODUCTS = Set.of("*", "/", "div", "mod");

    private final TokenStream tokens;
    private final Depth depth = new Depth();
    private final OperandParser operands;

    ExpressionParser(TokenStream tokens) {
        this.tokens = tokens;
        this.operands = new OperandParser(tokens, depth, this);
    }

    /** The value of a field: an expression, a comparison or CASE. */
    Expr fieldValue() {
        return Places.argument(disjunction());
    }

    /** A condition. */
    Expr condition() {
        return Places.condition(disjunction());
    }

    /** A path, maybe with a range behind. */
    Expr path() {
        return operands.path();
    }

    /** Anything; {@link Places} says whether it may stand where it stands. */
    Expr disjunction() {
        Expr left = conjunction();
        while (tokens.peek().is("OR")) {
            int deep = depth.last();
            tokens.next();
            left = Places.or(left, conjunction());
            depth.join(deep, left.offset());
        }
        return left;
    }

    private Expr conjunction() {
        Expr left = negation();
        while (tokens.peek().is("AND")) {
            int deep = depth.last();
            tokens.next();
            left = Places.and(left, negation());
            depth.join(deep, left.offset());
        }
        return left;
    }

    private Expr negation() {
        Token token = tokens.peek();
        if (!token.is("NOT")) {
            return comparison();
        }
        tokens.next();
        Depth.Group group = depth.open(token.start());
        Expr.Not not = new Expr.Not(token.start(), Places.condition(negation()));
        group.close();
        return not;
    }

    private Expr comparison() {
        Expr left = sum();
        Token token = tokens.peek();
        if (token.is("IN") || token.is("NOT") && tokens.peek(1).is("IN")) {
            boolean negated = tokens.accept("NOT");
            tokens.next();
            return in(left, negated);
        }
        if (!COMPARISONS.contains(token.text()) || token.kind() != Token.Kind.SYMBOL) {
            return left;
        }
        int deep = depth.last();
        tokens.next();
        Expr right = sum();
        depth.join(deep, left.offset());
        if (COMPARISONS.contains(tokens.peek().text())
                && tokens.peek().kind() == Token.Kind.SYMBOL) {
            throw tokens.unexpected("Comparisons are not chained: write a < b AND b < c.");
        }
        String operator = token.text().equals("<>") ? "!=" : token.text();
        return new Expr.Comparison(
                left.offset(), operator, Places.value(left), Places.value(right));
    }

    private Expr in(Expr value, boolean negated) {
        int deep = depth.last();
        tokens.expect("(", "IN is followed by a list in parentheses: x IN (1, 2).");
        Depth.Group group = depth.open(value.offset());
        List<Expr> list = new ArrayList<>();
        do {
            list.add(Places.value(disjunction()));
            group.add();
        } while (tokens.accept(","));
        group.close();
        depth.join(deep, value.offset());
        tokens.expect(")", "The list of IN ends with ).");
        return new Expr.In(value.offset(), Places.value(value), List.copyOf(list), negated);
    }

    private Expr sum() {
        Expr left = product();
        while (SUMS.contains(tokens.peek().text()) && tokens.peek().kind() == Token.Kind.SYMBOL) {
            left = arithmetic(left, true);
        }
        return left;
    }

    private Expr product() {
        Expr left = sign();
        while (PRODUCTS.contains(tokens.peek().text()) && tokens.peek().is(tokens.peek().text())) {
            left = arithmetic(left, false);
        }
        return left;
    }

    private Expr arithmetic(Expr left, boolean sum) {
        int deep = depth.last();
        String operator = tokens.next().text();
        Expr right = sum ? product() : sign();
        depth.join(deep, left.offset());
        return new Expr.Arithmetic(
                left.offset(), operator, Places.value(left), Places.value(right));
    }

    private Expr sign() {
        Token token = tokens.peek();
        if (!token.is("-") && !token.is("+")) {
            return operands.operand();
        }
        tokens.next();
        Depth.Group group = depth.open(token.start());
        Expr operand = Places.value(sign());
        group.close();
        return new Expr.Sign(token.start(), token.is("-"), operand);
    }
}
