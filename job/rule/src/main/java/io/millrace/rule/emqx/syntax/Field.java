package io.millrace.rule.emqx.syntax;

import java.util.Optional;

/** One entry of a list of SELECT, FOREACH or DO. */
public sealed interface Field {

    /** The offset of its first character in the rule. */
    int offset();

    /** {@code *}. */
    record Star(int offset) implements Field {}

    /** An expression, with its alias. */
    record Item(Expr value, Optional<Expr.Path> alias) implements Field {
        @Override
        public int offset() {
            return value.offset();
        }
    }
}
