package io.millrace.devkit.tdengine.engine;

import io.millrace.devkit.tdengine.sql.DataType;
import io.millrace.devkit.tdengine.sql.Expr;
import io.millrace.devkit.tdengine.sql.Precision;
import java.util.List;

/** TDengine's functions of time in H2's words. */
final class TimeFunctions {
    private final Expressions expressions;

    TimeFunctions(Expressions expressions) {
        this.expressions = expressions;
    }

    Typed call(Expr.Call call, List<Typed> arguments) {
        Precision precision = expressions.precision();
        return switch (call.name()) {
            case "timetruncate" -> {
                String unit = unit(call, arguments, 1, precision);
                String time = time(call, arguments, 0);
                yield Typed.of(
                        "(" + time + " - MOD(" + time + ", " + unit + "))", DataType.TIMESTAMP);
            }
            case "timediff" -> {
                String unit = unit(call, arguments, 2, precision);
                yield Typed.of(
                        "(("
                                + time(call, arguments, 0)
                                + " - "
                                + time(call, arguments, 1)
                                + ") / "
                                + unit
                                + ")",
                        DataType.BIGINT);
            }
            case "to_unixtimestamp" -> Typed.of(time(call, arguments, 0), DataType.BIGINT);
            default -> throw Functions.unknown(call);
        };
    }

    private String time(Expr.Call call, List<Typed> arguments, int index) {
        Typed argument = Functions.argument(call, arguments, index);
        return call.arguments().get(index) instanceof Expr.Text text
                ? "CAST(" + expressions.time(text.value()) + " AS BIGINT)"
                : argument.sql();
    }

    private static String unit(
            Expr.Call call, List<Typed> arguments, int index, Precision precision) {
        return index < call.arguments().size()
                        && call.arguments().get(index) instanceof Expr.Duration duration
                ? Long.toString(precision.ticks(duration.amount(), duration.unit()))
                : "1";
    }
}
