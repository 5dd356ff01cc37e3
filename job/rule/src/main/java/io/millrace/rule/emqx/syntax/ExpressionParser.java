package io.millrace.rule.emqx.syntax;

import io.millrace.functions.value.Integers;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    private final PathParser paths;
    private final Depth depth = new Depth();

    ExpressionParser(TokenStream tokens) {
        this.tokens = tokens;
        this.paths = new PathParser(tokens);
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
        return paths.path();
    }

    private Expr disjunction() {
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
            return primary();
        }
        tokens.next();
        Depth.Group group = depth.open(token.start());
        Expr operand = Places.value(sign());
        group.close();
        return new Expr.Sign(token.start(), token.is("-"), operand);
    }

    private Expr primary() {
        Token token = tokens.peek();
        depth.leaf();
        switch (token.kind()) {
            case TEXT:
                tokens.next();
                return new Expr.Constant(token.start(), token.text());
            case BOOLEAN:
                tokens.next();
                return new Expr.Constant(token.start(), token.text().equals("true"));
            case INTEGER:
                tokens.next();
                return new Expr.Constant(token.start(), integer(token));
            case FLOAT:
                tokens.next();
                return new Expr.Constant(token.start(), real(token));
            case NAME:
                return tokens.peek(1).is("(") ? call(Optional.empty()) : pathOrModule();
            case QUOTED_NAME:
                return afterValue(paths.path());
            case WORD_OPERATOR:
                if (tokens.peek(1).is("(")) {
                    return call(Optional.empty());
                }
                break;
            default:
                break;
        }
        if (token.is("(")) {
            return parentheses(token);
        }
        if (token.is("[")) {
            return array(token);
        }
        if (token.is("CASE")) {
            return caseExpression(token);
        }
        throw tokens.unexpected(
                token.kind() == Token.Kind.KEYWORD
                        ? "It is a reserved word; a column or member of this name goes in quotes."
                        : "Write a name, a value, a call or CASE here.");
    }

    private Expr parentheses(Token token) {
        tokens.next();
        Depth.Group group = depth.open(token.start());
        Expr inner = disjunction();
        group.close();
        tokens.expect(")", "Close the parenthesis with ).");
        return Places.isValue(inner) || inner instanceof Expr.Case
                ? inner
                : new Expr.Parentheses(token.start(), inner);
    }

    private Expr array(Token token) {
        Optional<long[]> range = paths.range(1);
        if (range.isPresent()) {
            return new Expr.Range(token.start(), range.get()[0], range.get()[1]);
        }
        tokens.next();
        List<Expr> elements = new ArrayList<>();
        Depth.Group group = depth.open(token.start());
        if (!tokens.peek().is("]")) {
            do {
                elements.add(Places.value(disjunction()));
                group.add();
            } while (tokens.accept(","));
        }
        group.close();
        tokens.expect("]", "Elements are separated by commas; the array ends with ].");
        return new Expr.Array(token.start(), List.copyOf(elements));
    }

    private Expr pathOrModule() {
        if (tokens.peek(1).is(".")
                && tokens.peek(2).kind() == Token.Kind.NAME
                && tokens.peek(3).is("(")) {
            String module = tokens.next().text();
            tokens.next();
            return call(Optional.of(module));
        }
        return afterValue(paths.path());
    }

    private Expr afterValue(Expr value) {
        if (tokens.peek().is("(")) {
            throw tokens.unexpected("Only a plain name can be called.");
        }
        return value;
    }

    private Expr call(Optional<String> module) {
        Token name = tokens.next();
        tokens.next();
        List<Expr> arguments = new ArrayList<>();
        Depth.Group group = depth.open(name.start());
        if (!tokens.peek().is(")")) {
            do {
                arguments.add(Places.argument(disjunction()));
                group.add();
            } while (tokens.accept(","));
        }
        group.close();
        tokens.expect(")", "Arguments are separated by commas; the call ends with ).");
        if (tokens.peek().is("[") || tokens.peek().is(".")) {
            throw tokens.unexpected(
                    "A call cannot be indexed. Use nth(1, ...), or give the call an alias and"
                            + " index that.");
        }
        return new Expr.Call(name.start(), module, name.text(), List.copyOf(arguments));
    }

    private Expr caseExpression(Token token) {
        tokens.next();
        Depth.Group group = depth.open(token.start());
        Optional<Expr> operand =
                tokens.peek().is("WHEN")
                        ? Optional.empty()
                        : Optional.of(Places.value(disjunction()));
        List<Expr.When> branches = new ArrayList<>();
        while (tokens.accept("WHEN")) {
            group.add();
            Expr condition = Places.condition(disjunction());
            group.add();
            tokens.expect("THEN", "WHEN condition is followed by THEN value.");
            branches.add(new Expr.When(condition, Places.value(disjunction())));
            group.add();
        }
        if (branches.isEmpty()) {
            throw tokens.unexpected("CASE has at least one WHEN condition THEN value.");
        }
        Optional<Expr> otherwise =
                tokens.accept("ELSE") ? Optional.of(Places.value(disjunction())) : Optional.empty();
        group.close();
        tokens.expect("END", "CASE ends with END.");
        return new Expr.Case(token.start(), operand, List.copyOf(branches), otherwise);
    }

    private static Number integer(Token token) {
        if (token.text().length() <= 18) {
            return Long.parseLong(token.text());
        }
        if (token.text().length() > 4000) {
            throw TokenStream.error(token.start(), "This number has more than 4000 digits.");
        }
        return Integers.value(new BigInteger(token.text()));
    }

    private static Double real(Token token) {
        double value =
                token.text().length() <= 4000
                        ? new BigDecimal(token.text()).doubleValue()
                        : Double.POSITIVE_INFINITY;
        if (Double.isInfinite(value)) {
            throw TokenStream.error(token.start(), "This number is larger than 1.7e308.");
        }
        return value;
    }
}
