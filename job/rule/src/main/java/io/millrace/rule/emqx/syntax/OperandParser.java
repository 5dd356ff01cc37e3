package io.millrace.rule.emqx.syntax;

import io.millrace.functions.value.Integers;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parses what operators combine. */
final class OperandParser {
    private final TokenStream tokens;
    private final Depth depth;
    private final ExpressionParser expressions;
    private final PathParser paths;

    OperandParser(TokenStream tokens, Depth depth, ExpressionParser expressions) {
        this.tokens = tokens;
        this.depth = depth;
        this.expressions = expressions;
        this.paths = new PathParser(tokens);
    }

    /** A path, maybe with a range behind. */
    Expr path() {
        return paths.path();
    }

    /** What operators combine: a value, a path, a call, CASE, something in brackets. */
    Expr operand() {
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
                return tokens.peek(1).is("(")
                        ? call(tokens.peek().start(), Optional.empty())
                        : pathOrModule();
            case QUOTED_NAME:
                return afterValue(paths.path());
            case WORD_OPERATOR:
                if (tokens.peek(1).is("(")) {
                    return call(tokens.peek().start(), Optional.empty());
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
        Expr inner = expressions.disjunction();
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
                elements.add(Places.value(expressions.disjunction()));
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
            Token module = tokens.next();
            tokens.next();
            return call(module.start(), Optional.of(module.text()));
        }
        return afterValue(paths.path());
    }

    private Expr afterValue(Expr value) {
        if (tokens.peek().is("(")) {
            throw tokens.unexpected("Only a plain name can be called.");
        }
        return value;
    }

    private Expr call(int offset, Optional<String> module) {
        Token name = tokens.next();
        tokens.next();
        List<Expr> arguments = new ArrayList<>();
        Depth.Group group = depth.open(offset);
        if (!tokens.peek().is(")")) {
            do {
                arguments.add(Places.argument(expressions.disjunction()));
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
        return new Expr.Call(offset, module, name.text(), List.copyOf(arguments));
    }

    private Expr caseExpression(Token token) {
        tokens.next();
        Depth.Group group = depth.open(token.start());
        Optional<Expr> operand =
                tokens.peek().is("WHEN")
                        ? Optional.empty()
                        : Optional.of(Places.value(expressions.disjunction()));
        List<Expr.When> branches = new ArrayList<>();
        while (tokens.accept("WHEN")) {
            group.add();
            Expr condition = Places.condition(expressions.disjunction());
            group.add();
            tokens.expect("THEN", "WHEN condition is followed by THEN value.");
            branches.add(new Expr.When(condition, Places.value(expressions.disjunction())));
            group.add();
        }
        if (branches.isEmpty()) {
            throw tokens.unexpected("CASE has at least one WHEN condition THEN value.");
        }
        Optional<Expr> otherwise =
                tokens.accept("ELSE")
                        ? Optional.of(Places.value(expressions.disjunction()))
                        : Optional.empty();
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
