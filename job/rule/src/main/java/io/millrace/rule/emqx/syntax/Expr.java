package io.millrace.rule.emqx.syntax;

import java.util.List;
import java.util.Optional;

/** An expression or a condition, as it was written. */
public sealed interface Expr {

    /** The offset of its first character in the rule. */
    int offset();

    /** A text, a {@link Number} or a {@link Boolean}. */
    record Constant(int offset, Object value) implements Expr {}

    /**
     * A name and what follows it.
     *
     * @param steps the first is a {@link Step.Key}
     * @param quoted whether the first name is in double quotes
     */
    record Path(int offset, List<Step> steps, boolean quoted) implements Expr {
        /** The first name. */
        public String root() {
            return ((Step.Key) steps.get(0)).name();
        }

        /** Whether it is a name and nothing else. */
        public boolean isName() {
            return steps.size() == 1;
        }
    }

    /** The integers from one to another. */
    record Range(int offset, long first, long last) implements Expr {}

    /** A part of an array. */
    record Slice(int offset, Path array, long first, long last) implements Expr {}

    /** An array of expressions. */
    record Array(int offset, List<Expr> elements) implements Expr {}

    /** A function call; {@code module} is empty but for EMQX's user-provided functions. */
    record Call(int offset, Optional<String> module, String name, List<Expr> arguments)
            implements Expr {}

    /** A sign in front of an expression. */
    record Sign(int offset, boolean minus, Expr operand) implements Expr {}

    /** {@code + - * / div mod}. */
    record Arithmetic(int offset, String operator, Expr left, Expr right) implements Expr {}

    /** {@code = != < > <= >= =~}; {@code <>} is written as {@code !=}. */
    record Comparison(int offset, String operator, Expr left, Expr right) implements Expr {}

    /** Membership. */
    record In(int offset, Expr value, List<Expr> list, boolean negated) implements Expr {}

    /** A negation. */
    record Not(int offset, Expr condition) implements Expr {}

    /** A conjunction. */
    record And(int offset, Expr left, Expr right) implements Expr {}

    /** A disjunction. */
    record Or(int offset, Expr left, Expr right) implements Expr {}

    /** A condition in parentheses, which is no value even if it is a comparison. */
    record Parentheses(int offset, Expr condition) implements Expr {}

    /** {@code CASE}, with or without an operand. */
    record Case(int offset, Optional<Expr> operand, List<When> branches, Optional<Expr> otherwise)
            implements Expr {}

    /** A branch of {@code CASE}. */
    record When(Expr condition, Expr value) {}
}
