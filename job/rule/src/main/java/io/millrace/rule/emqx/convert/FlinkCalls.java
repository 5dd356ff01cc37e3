package io.millrace.rule.emqx.convert;

import io.millrace.functions.library.Library;
import io.millrace.rule.emqx.syntax.Expr;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Writes calls as Flink SQL. Most functions have the same name in Millrace's module. */
final class FlinkCalls {
    /** Functions that read the message, and the columns that tell the same. */
    private static final Map<String, String> COLUMNS =
            Map.of("topic", "topic", "qos", "qos", "clientid", "clientid", "payload", "payload");

    /** Built-in functions of Flink that answer otherwise than EMQX's of the same name. */
    private static final Set<String> OTHERWISE =
            Set.of(
                    "split",
                    "coalesce",
                    "round",
                    "ceil",
                    "floor",
                    "abs",
                    "trim",
                    "ltrim",
                    "rtrim",
                    "reverse",
                    "ascii",
                    "log",
                    "log2",
                    "log10",
                    "sqrt",
                    "acos",
                    "asin",
                    "exp",
                    "power",
                    "map_keys",
                    "map_values");

    private final FlinkExpressions expressions;
    private final Remarks remarks;

    FlinkCalls(FlinkExpressions expressions, Remarks remarks) {
        this.expressions = expressions;
        this.remarks = remarks;
    }

    String write(Expr.Call call) {
        List<Expr> arguments = call.arguments();
        String only = arguments.size() == 1 ? "(" + expressions.write(arguments.get(0)) + ")" : "";
        switch (call.name() + "/" + arguments.size()) {
            case "null/0":
                return "NULL";
            case "is_null/1", "is_null_var/1":
                return only + " IS NULL";
            case "is_not_null/1", "is_not_null_var/1":
                return only + " IS NOT NULL";
            case "flag/1":
                if (arguments.get(0) instanceof Expr.Constant flag
                        && flag.value().equals("retain")) {
                    return "retain";
                }
                throw new Untranslatable(call.offset(), "Of the flags Flink has only retain.");
            case "topic/1":
                return level(call);
            case "substr/2", "substr/3":
                return substr(call);
            case "concat/2":
                remarks.differs(
                        call.offset(),
                        "A missing value is the text 'undefined' in EMQX; in Flink the whole"
                                + " concatenation is NULL.");
                return plain("CONCAT", arguments);
            default:
                break;
        }
        if (arguments.isEmpty() && COLUMNS.containsKey(call.name())) {
            return COLUMNS.get(call.name());
        }
        if (call.module().isPresent() || Library.standard().find(call.name()).isEmpty()) {
            throw new Untranslatable(
                    call.offset(), "'%s' exists only in EMQX.".formatted(call.name()));
        }
        if (OTHERWISE.contains(call.name())) {
            remarks.differs(
                    call.offset(),
                    ("Flink has a function %s of its own that answers otherwise in corner cases."
                                    + " With USE MODULES millrace, core Millrace's answers.")
                            .formatted(call.name().toUpperCase(Locale.ROOT)));
        }
        return plain(Identifiers.name(call.name()), arguments);
    }

    private String plain(String name, List<Expr> arguments) {
        return name + "(" + expressions.list(arguments) + ")";
    }

    private String level(Expr.Call call) {
        if (call.arguments().get(0) instanceof Expr.Constant constant
                && constant.value() instanceof Long level
                && level > 0) {
            remarks.differs(
                    call.offset(),
                    "A level that the topic does not have fails in EMQX; here it is NULL.");
            return "SPLIT_INDEX(topic, '/', %d)".formatted(level - 1);
        }
        throw new Untranslatable(call.offset(), "The number of the level is not known.");
    }

    /** EMQX counts from 0. */
    private String substr(Expr.Call call) {
        List<Expr> arguments = call.arguments();
        if (arguments.get(1) instanceof Expr.Constant constant
                && constant.value() instanceof Long start) {
            return "SUBSTR(%s, %d%s)"
                    .formatted(
                            expressions.write(arguments.get(0)),
                            start + 1,
                            arguments.size() == 3
                                    ? ", " + expressions.write(arguments.get(2))
                                    : "");
        }
        throw new Untranslatable(
                call.offset(), "EMQX counts characters from 0, Flink from 1; write the position.");
    }
}
