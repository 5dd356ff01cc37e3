package io.millrace.devkit.tdengine.sql;

import java.util.List;

/** An expression of a query, as written. */
public sealed interface Expr {
    /** A column, tag or pseudo column, possibly with its table's name or alias. */
    record Column(String qualifier, String name) implements Expr {}

    /** All columns. */
    record Star(String qualifier) implements Expr {}

    /** A number, as written. */
    record Number(String text) implements Expr {}

    /** Quoted text. */
    record Text(String value) implements Expr {}

    record Bool(boolean value) implements Expr {}

    record Null() implements Expr {}

    /** A length of time, {@code 10s}. */
    record Duration(long amount, char unit) implements Expr {}

    /** A function's call; the name is lower-case. */
    record Call(String name, List<Expr> arguments) implements Expr {}

    /** {@code -x} or {@code NOT x}. */
    record Unary(String operator, Expr operand) implements Expr {}

    /** An operator between two operands, in H2's notation. */
    record Binary(String operator, Expr left, Expr right) implements Expr {}

    /** LIKE, MATCH and their negations. */
    record Match(Expr value, Expr pattern, boolean regex, boolean negated) implements Expr {}

    record Between(Expr value, Expr low, Expr high, boolean negated) implements Expr {}

    record In(Expr value, List<Expr> list, boolean negated) implements Expr {}

    record IsNull(Expr value, boolean negated) implements Expr {}

    /** CASE; the operand and the ELSE part may be null. */
    record Case(Expr operand, List<Expr> conditions, List<Expr> results, Expr otherwise)
            implements Expr {}

    record Cast(Expr value, ColumnType type) implements Expr {}
}
