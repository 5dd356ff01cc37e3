package io.millrace.rule.emqx;

import io.millrace.rule.emqx.syntax.Expr;

/** What names mean at one place of a rule. Used while a rule is compiled. */
interface Names {

    /** The code that reads a path. */
    Code path(Expr.Path path);

    /** Whether functions such as {@code topic()} see the message; elsewhere they see nothing. */
    boolean seesMessage();

    /** Values that the rule assigned go before columns; undefined ones do not. */
    static Names sequence(View assigned, View below) {
        return new Names() {
            @Override
            public Code path(Expr.Path path) {
                Code first = assigned.path(path);
                Code second = below.path(path);
                if (first == null) {
                    return second;
                }
                return frame -> {
                    Object value = first.run(frame);
                    return value != null ? value : second.run(frame);
                };
            }

            @Override
            public boolean seesMessage() {
                return true;
            }
        };
    }

    /** Conditions see one map, where what the rule assigned hides columns. */
    static Names merged(View view) {
        return new Names() {
            @Override
            public Code path(Expr.Path path) {
                return view.path(path);
            }

            @Override
            public boolean seesMessage() {
                return false;
            }
        };
    }
}
