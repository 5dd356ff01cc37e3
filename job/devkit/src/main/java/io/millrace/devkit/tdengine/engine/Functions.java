package io.millrace.devkit.tdengine.engine;

import io.millrace.devkit.tdengine.sql.ColumnType;
import io.millrace.devkit.tdengine.sql.DataType;
import io.millrace.devkit.tdengine.sql.Expr;
import io.millrace.devkit.tdengine.sql.Strings;
import io.millrace.devkit.tdengine.sql.TaosException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** TDengine's functions in H2's words. */
final class Functions {
    /** What {@code server_version()} says: the version that drivers ask for, and what this is. */
    static final String VERSION = "3.3.8.0";

    static final String VERSION_TEXT = VERSION + "-millrace-development-server";

    private static final Set<String> AGGREGATES =
            Set.of(
                    "count",
                    "sum",
                    "avg",
                    "min",
                    "max",
                    "first",
                    "last",
                    "last_row",
                    "spread",
                    "stddev",
                    "stddev_pop",
                    "stddev_samp",
                    "var_pop",
                    "mode",
                    "hyperloglog",
                    "elapsed",
                    "percentile",
                    "apercentile",
                    "group_concat");

    private final Expressions expressions;
    private final Relation relation;
    private final TimeReader times;
    private final Session session;

    Functions(Expressions expressions, Relation relation, TimeReader times, Session session) {
        this.expressions = expressions;
        this.relation = relation;
        this.times = times;
        this.session = session;
    }

    static boolean isAggregate(String name) {
        return AGGREGATES.contains(name);
    }

    Typed call(Expr.Call call) {
        List<Expr> written = call.arguments();
        if (call.name().equals("count")
                && written.size() == 1
                && written.get(0) instanceof Expr.Star) {
            return Typed.of("COUNT(*)", DataType.BIGINT);
        }
        List<Typed> arguments = written.stream().map(expressions::translate).toList();
        if (isAggregate(call.name())) {
            return aggregate(call, argument(call, arguments, 0), arguments);
        }
        return scalar(call, arguments);
    }

    private Typed aggregate(Expr.Call call, Typed value, List<Typed> arguments) {

        boolean two = call.name().endsWith("percentile") || call.name().equals("elapsed");
        if (arguments.size() > (two ? 3 : 1)) {
            throw wrongNumber(call);
        }
        check(call, value);
        String number = value.asDouble();
        return switch (call.name()) {
            case "count" -> Typed.of("COUNT(" + value.sql() + ")", DataType.BIGINT);
            case "hyperloglog" -> Typed.of("COUNT(DISTINCT " + value.sql() + ")", DataType.BIGINT);
            case "sum" -> sum(value);
            case "avg" -> Typed.of("AVG(" + number + ")", DataType.DOUBLE);
            case "min" -> new Typed("MIN(" + value.sql() + ")", value.type());
            case "max" -> new Typed("MAX(" + value.sql() + ")", value.type());
            case "mode" -> new Typed("MODE(" + value.sql() + ")", value.type());
            case "spread" ->
                    Typed.of("(MAX(" + number + ") - MIN(" + number + "))", DataType.DOUBLE);
            case "stddev", "stddev_pop" -> Typed.of("STDDEV_POP(" + number + ")", DataType.DOUBLE);
            case "stddev_samp" -> Typed.of("STDDEV_SAMP(" + number + ")", DataType.DOUBLE);
            case "var_pop" -> Typed.of("VAR_POP(" + number + ")", DataType.DOUBLE);
            case "elapsed" -> {
                String unit = arguments.size() > 1 ? arguments.get(1).asDouble() : "1";
                yield Typed.of(
                        "((MAX(" + number + ") - MIN(" + number + ")) / " + unit + ")",
                        DataType.DOUBLE);
            }
            case "percentile", "apercentile" ->
                    Typed.of(
                            "PERCENTILE_CONT("
                                    + argument(call, arguments, 1).asDouble()
                                    + " / 100) WITHIN GROUP (ORDER BY "
                                    + number
                                    + ")",
                            DataType.DOUBLE);
            case "first" -> byTime("TD_FIRST", value);
            case "last" -> byTime("TD_LAST", value);
            case "last_row" -> byTime("TD_LAST_ROW", value);
            default -> throw unknown(call);
        };
    }

    /** Refuses to calculate with what is no number; a time is none except for its spread. */
    private static void check(Expr.Call call, Typed value) {
        boolean fits =
                switch (call.name()) {
                    case "min", "max" -> value.data().isNumeric() || value.data().isText();
                    case "spread", "elapsed" ->
                            value.data().isNumeric() || value.data() == DataType.TIMESTAMP;
                    case "sum",
                            "avg",
                            "stddev",
                            "stddev_pop",
                            "stddev_samp",
                            "var_pop",
                            "percentile",
                            "apercentile" ->
                            value.data().isNumeric();
                    default -> true;
                };
        if (!fits) {
            throw new TaosException(0x2802, "Invalid parameter data type : " + call.name());
        }
    }

    Typed byTime(String aggregate, Typed value) {
        return new Typed(
                aggregate + "(" + value.sql() + ", " + relation.time().sql() + ")", value.type());
    }

    private static Typed sum(Typed value) {
        if (value.data().isUnsigned()) {
            return Typed.of("CAST(SUM(" + value.sql() + ") AS NUMERIC(20, 0))", DataType.UBIGINT);
        }
        if (value.data().isInteger() || value.data() == DataType.BOOL) {
            return Typed.of(
                    "CAST(SUM(CAST(" + value.sql() + " AS BIGINT)) AS BIGINT)", DataType.BIGINT);
        }
        return Typed.of("SUM(" + value.asDouble() + ")", DataType.DOUBLE);
    }

    private Typed scalar(Expr.Call call, List<Typed> arguments) {
        String list = arguments.stream().map(Typed::sql).collect(Collectors.joining(", "));
        return switch (call.name()) {
            case "now" ->
                    Typed.of(ticks(expressions.precision().ticks(times.now())), DataType.TIMESTAMP);
            case "today" ->
                    Typed.of(ticks(times.today(expressions.precision())), DataType.TIMESTAMP);
            case "server_version" -> text(VERSION_TEXT);
            case "client_version" -> text(VERSION);
            case "server_status" -> Typed.of("CAST(1 AS INTEGER)", DataType.INT);
            case "database" ->
                    session.database() == null
                            ? new Typed(
                                    "CAST(NULL AS VARCHAR)", ColumnType.of(DataType.VARCHAR, 63))
                            : text(session.database());
            case "current_user", "user" -> text(session.user());
            case "timezone" -> text(session.zone().getId());
            case "abs" -> {
                Typed value = argument(call, arguments, 0);
                yield new Typed("ABS(" + value.sql() + ")", value.type());
            }
            case "ceil", "floor" -> {
                Typed value = argument(call, arguments, 0);
                yield new Typed(call.name().toUpperCase() + "(" + value.sql() + ")", value.type());
            }
            case "round" -> {
                Typed value = argument(call, arguments, 0);
                String digits =
                        arguments.size() > 1
                                ? ", CAST(" + arguments.get(1).sql() + " AS INTEGER)"
                                : "";
                yield new Typed("ROUND(" + value.sql() + digits + ")", value.type());
            }
            case "sqrt", "exp", "sin", "cos", "tan", "asin", "acos", "atan" ->
                    Typed.of(
                            call.name().toUpperCase()
                                    + "("
                                    + argument(call, arguments, 0).asDouble()
                                    + ")",
                            DataType.DOUBLE);
            case "ln" ->
                    Typed.of(
                            "LN(" + argument(call, arguments, 0).asDouble() + ")", DataType.DOUBLE);
            case "log" ->
                    arguments.size() == 1
                            ? Typed.of("LN(" + arguments.get(0).asDouble() + ")", DataType.DOUBLE)
                            : Typed.of(
                                    "LOG("
                                            + argument(call, arguments, 1).asDouble()
                                            + ", "
                                            + arguments.get(0).asDouble()
                                            + ")",
                                    DataType.DOUBLE);
            case "pow", "power" ->
                    Typed.of(
                            "POWER("
                                    + argument(call, arguments, 0).asDouble()
                                    + ", "
                                    + argument(call, arguments, 1).asDouble()
                                    + ")",
                            DataType.DOUBLE);
            case "mod" ->
                    expressions.arithmetic(
                            "%", argument(call, arguments, 0), argument(call, arguments, 1));
            case "length" -> Typed.of("OCTET_LENGTH(" + list + ")", DataType.BIGINT);
            case "char_length" -> Typed.of("CHAR_LENGTH(" + list + ")", DataType.BIGINT);
            case "lower", "upper", "ltrim", "rtrim", "trim" ->
                    new Typed(
                            call.name().toUpperCase() + "(" + list + ")",
                            argument(call, arguments, 0).type());
            case "substr", "substring" ->
                    new Typed("SUBSTRING(" + list + ")", argument(call, arguments, 0).type());
            case "concat", "concat_ws" -> concat(call, arguments);
            case "replace" ->
                    new Typed("REPLACE(" + list + ")", argument(call, arguments, 0).type());
            case "ifnull", "nvl", "coalesce" ->
                    new Typed("COALESCE(" + list + ")", argument(call, arguments, 0).type());
            default -> new TimeFunctions(expressions).call(call, arguments);
        };
    }

    /** With a NULL in it the whole is NULL, other than in H2. */
    private Typed concat(Expr.Call call, List<Typed> arguments) {
        argument(call, arguments, 0);
        int length = arguments.stream().mapToInt(argument -> argument.type().length()).sum();
        DataType type =
                arguments.stream().anyMatch(argument -> argument.data() == DataType.NCHAR)
                        ? DataType.NCHAR
                        : DataType.VARCHAR;
        boolean separated = call.name().equals("concat_ws");
        String between = separated ? " || " + arguments.get(0).sql() + " || " : " || ";
        String sql =
                arguments.stream()
                        .skip(separated ? 1 : 0)
                        .map(Typed::sql)
                        .collect(Collectors.joining(between, "(", ")"));
        return new Typed(sql, ColumnType.of(type, Math.min(16_000, Math.max(1, length))));
    }

    /** CAST; texts that are no numbers become 0 and not an error. */
    Typed cast(Typed value, Expr written, ColumnType type) {
        if (type.type() == DataType.TIMESTAMP && written instanceof Expr.Text text) {
            return Typed.of(ticks(expressions.time(text.value())), DataType.TIMESTAMP);
        }
        String target = Store.type(type);
        if (type.type().isText()) {
            return new Typed(
                    "LEFT(CAST(" + value.sql() + " AS VARCHAR), " + type.length() + ")", type);
        }
        if (type.type().isNumeric() && value.data().isText()) {
            return new Typed(
                    "CAST(" + truncated(value.asDouble(), type) + " AS " + target + ")", type);
        }
        boolean fraction =
                value.data() == DataType.DOUBLE
                        || value.data() == DataType.FLOAT
                        || value.data().isDecimal();
        String sql = fraction ? truncated(value.sql(), type) : value.sql();
        return new Typed("CAST(" + sql + " AS " + target + ")", type);
    }

    private static String truncated(String sql, ColumnType type) {
        return type.type().isInteger() || type.type() == DataType.TIMESTAMP
                ? "TRUNCATE(" + sql + ")"
                : sql;
    }

    static Typed argument(Expr.Call call, List<Typed> arguments, int index) {
        if (index >= arguments.size()) {
            throw wrongNumber(call);
        }
        return arguments.get(index);
    }

    private static TaosException wrongNumber(Expr.Call call) {
        return new TaosException(0x2801, "Invalid number of parameters : " + call.name());
    }

    static TaosException unknown(Expr.Call call) {
        return TaosException.unsupported("The function " + call.name() + "()");
    }

    private static Typed text(String text) {
        return new Typed(Strings.literal(text), ColumnType.of(DataType.VARCHAR, text.length()));
    }

    private static String ticks(long ticks) {
        return "CAST(" + ticks + " AS BIGINT)";
    }
}
