package io.millrace.devkit.tdengine.engine;

import io.millrace.devkit.tdengine.sql.ColumnType;
import io.millrace.devkit.tdengine.sql.DataType;
import io.millrace.devkit.tdengine.sql.Expr;
import io.millrace.devkit.tdengine.sql.Precision;
import io.millrace.devkit.tdengine.sql.Strings;
import io.millrace.devkit.tdengine.sql.TaosException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Turns TDengine's expressions into H2's, types included. Belongs to one query. */
final class Expressions {
    private final Relation relation;
    private final TimeReader times;
    private final Functions functions;
    private final Map<Expr, Typed> replaced;

    /**
     * @param replaced expressions that stand for something else, such as {@code _wstart}
     */
    Expressions(Relation relation, TimeReader times, Session session, Map<Expr, Typed> replaced) {
        this.relation = relation;
        this.times = times;
        this.replaced = replaced;
        this.functions = new Functions(this, relation, times, session);
    }

    Precision precision() {
        return relation.precision();
    }

    Typed translate(Expr expression) {
        Typed other = replaced.get(expression);
        if (other != null) {
            return other;
        }
        if (expression instanceof Expr.Column column) {
            return column(column);
        } else if (expression instanceof Expr.Number number) {
            return number(number.text());
        } else if (expression instanceof Expr.Text text) {
            return text(text.value());
        } else if (expression instanceof Expr.Bool bool) {
            return Typed.of(bool.value() ? "TRUE" : "FALSE", DataType.BOOL);
        } else if (expression instanceof Expr.Null) {
            return Typed.of("CAST(NULL AS BOOLEAN)", DataType.BOOL);
        } else if (expression instanceof Expr.Duration duration) {
            return Typed.of(
                    Long.toString(precision().ticks(duration.amount(), duration.unit())),
                    DataType.BIGINT);
        } else if (expression instanceof Expr.Call call) {
            return functions.call(call);
        } else if (expression instanceof Expr.Unary unary) {
            return unary(unary);
        } else if (expression instanceof Expr.Binary binary) {
            return binary(binary);
        } else if (expression instanceof Expr.Match match) {
            return match(match);
        } else if (expression instanceof Expr.Between between) {
            return between(between);
        } else if (expression instanceof Expr.In in) {
            return in(in);
        } else if (expression instanceof Expr.IsNull isNull) {
            return Typed.of(
                    "("
                            + translate(isNull.value()).sql()
                            + (isNull.negated() ? " IS NOT NULL)" : " IS NULL)"),
                    DataType.BOOL);
        } else if (expression instanceof Expr.Case choice) {
            return choice(choice);
        } else if (expression instanceof Expr.Cast cast) {
            return functions.cast(translate(cast.value()), cast.value(), cast.type());
        }
        throw new TaosException(0x2600, "Invalid expression");
    }

    private Typed column(Expr.Column column) {
        String name = column.name();
        if (name.equals("_rowts") || name.equals("_c0")) {
            Relation.Field time = relation.time();
            return new Typed(time.sql(), time.type());
        }
        Relation.Field field = relation.field(column.qualifier(), name);
        return new Typed(field.sql(), field.type());
    }

    private static Typed number(String text) {
        if (text.chars().allMatch(Character::isDigit) && fitsLong(text)) {
            return Typed.of("CAST(" + text + " AS BIGINT)", DataType.BIGINT);
        }
        if (text.chars().allMatch(Character::isDigit)
                && new BigInteger(text).bitLength() == Long.SIZE) {
            return Typed.of("CAST(" + text + " AS NUMERIC(20, 0))", DataType.UBIGINT);
        }
        return Typed.of("CAST(" + text + " AS DOUBLE PRECISION)", DataType.DOUBLE);
    }

    /** A time in nanoseconds has 19 digits, as the largest long has. */
    private static boolean fitsLong(String digits) {
        return new BigInteger(digits).bitLength() < Long.SIZE;
    }

    private static Typed text(String text) {
        return new Typed(
                Strings.literal(text), ColumnType.of(DataType.VARCHAR, Math.max(1, text.length())));
    }

    private Typed unary(Expr.Unary unary) {
        Typed operand = translate(unary.operand());
        if (unary.operator().equals("NOT")) {
            // TDengine's NOT makes true of unknown.
            return Typed.of("(NOT COALESCE(" + operand.sql() + ", FALSE))", DataType.BOOL);
        }
        if (unary.operand() instanceof Expr.Number) {
            return new Typed("(-" + operand.sql() + ")", operand.type());
        }
        return Typed.of("(-" + operand.asDouble() + ")", DataType.DOUBLE);
    }

    private Typed binary(Expr.Binary binary) {
        Typed left = translate(binary.left());
        Typed right = translate(binary.right());
        String operator = binary.operator();
        switch (operator) {
            case "AND", "OR" -> {
                return Typed.of(
                        "(" + left.sql() + " " + operator + " " + right.sql() + ")", DataType.BOOL);
            }
            case "=", "<>", "<", "<=", ">", ">=" -> {
                String a = comparable(left, binary.left(), right);
                String b = comparable(right, binary.right(), left);
                return Typed.of(
                        isFraction(left) || isFraction(right)
                                ? nearly(a, operator, b)
                                : "(" + a + " " + operator + " " + b + ")",
                        DataType.BOOL);
            }
            case "&", "|" -> {
                String function = operator.equals("&") ? "BITAND(" : "BITOR(";
                return Typed.of(function + left.sql() + ", " + right.sql() + ")", DataType.BIGINT);
            }
            default -> {
                return arithmetic(operator, left, right);
            }
        }
    }

    private static boolean isFraction(Typed side) {
        return side.data() == DataType.FLOAT || side.data() == DataType.DOUBLE;
    }

    /** TDengine takes fractions for equal that are as near as four FLT_EPSILON. */
    private static String nearly(String a, String operator, String b) {
        String near = "ABS(" + a + " - " + b + ") <= 4.76837158203125E-7";
        return switch (operator) {
            case "=" -> "(" + near + ")";
            case "<", ">" -> "(" + a + " " + operator + " " + b + " AND NOT " + near + ")";
            case "<=", ">=" -> "(" + a + " " + operator + " " + b + " OR " + near + ")";
            default -> "(" + a + " " + operator + " " + b + ")";
        };
    }

    Typed arithmetic(String operator, Typed left, Typed right) {
        boolean leftTime = left.data() == DataType.TIMESTAMP;
        boolean rightTime = right.data() == DataType.TIMESTAMP;
        if ((leftTime || rightTime) && (operator.equals("+") || operator.equals("-"))) {
            DataType type = leftTime && rightTime ? DataType.BIGINT : DataType.TIMESTAMP;
            return Typed.of("(" + left.sql() + " " + operator + " " + right.sql() + ")", type);
        }
        String a = left.asDouble();
        String b = right.asDouble();
        String sql =
                switch (operator) {
                    case "/" -> "(" + a + " / NULLIF(" + b + ", 0))";
                    case "%" ->
                            "(" + a + " - TRUNCATE(" + a + " / NULLIF(" + b + ", 0)) * " + b + ")";
                    default -> "(" + a + " " + operator + " " + b + ")";
                };
        return Typed.of(sql, DataType.DOUBLE);
    }

    /** One side of a comparison, converted to what the other side is. */
    private String comparable(Typed side, Expr written, Typed other) {
        if (written instanceof Expr.Null) {
            return "NULL";
        }
        if (written instanceof Expr.Text text) {
            if (other.data() == DataType.TIMESTAMP) {
                return Long.toString(time(text.value()));
            }
            if (other.data().isNumeric()) {
                return numberOrZero(text.value());
            }
            if (other.data() == DataType.BOOL) {
                return text.value().equalsIgnoreCase("true")
                                || !numberOrZero(text.value()).equals("0")
                        ? "TRUE"
                        : "FALSE";
            }
        }
        if (side.data() == DataType.BOOL && other.data().isNumeric()) {
            return "CAST(" + side.sql() + " AS INTEGER)";
        }
        if (side.data().isText() && other.data().isNumeric()) {
            return side.asDouble();
        }
        return side.sql();
    }

    long time(String text) {
        return times.text(text, precision())
                .orElseThrow(() -> new TaosException(0x127, "Invalid timestamp format"));
    }

    private static String numberOrZero(String text) {
        try {
            return "CAST(" + Double.parseDouble(text) + " AS DOUBLE PRECISION)";
        } catch (NumberFormatException noNumber) {
            return "0";
        }
    }

    private Typed match(Expr.Match match) {
        Typed value = translate(match.value());
        if (!value.data().isText()) {
            throw TaosException.invalidOperation("Invalid operation");
        }
        String pattern = translate(match.pattern()).sql();
        // LIKE ignores case.
        String sql =
                match.regex()
                        ? "REGEXP_LIKE(" + value.sql() + ", " + pattern + ")"
                        : "(LOWER(" + value.sql() + ") LIKE LOWER(" + pattern + "))";
        return Typed.of(match.negated() ? "(NOT " + sql + ")" : sql, DataType.BOOL);
    }

    private Typed between(Expr.Between between) {
        Typed value = translate(between.value());
        Typed low = translate(between.low());
        Typed high = translate(between.high());
        return Typed.of(
                "("
                        + value.sql()
                        + (between.negated() ? " NOT BETWEEN " : " BETWEEN ")
                        + comparable(low, between.low(), value)
                        + " AND "
                        + comparable(high, between.high(), value)
                        + ")",
                DataType.BOOL);
    }

    private Typed in(Expr.In in) {
        Typed value = translate(in.value());
        String list =
                in.list().stream()
                        .map(element -> comparable(translate(element), element, value))
                        .collect(Collectors.joining(", "));
        return Typed.of(
                "(" + value.sql() + (in.negated() ? " NOT IN (" : " IN (") + list + "))",
                DataType.BOOL);
    }

    private Typed choice(Expr.Case choice) {
        StringBuilder sql = new StringBuilder("CASE");
        ColumnType type = null;
        List<Expr> results = new ArrayList<>(choice.results());
        for (int i = 0; i < results.size(); i++) {
            Expr condition = choice.conditions().get(i);
            if (choice.operand() != null) {
                condition = new Expr.Binary("=", choice.operand(), condition);
            }
            Typed result = translate(results.get(i));
            type = wider(type, result, results.get(i));
            sql.append(" WHEN ").append(translate(condition).sql());
            sql.append(" THEN ").append(result.sql());
        }
        if (choice.otherwise() != null) {
            Typed result = translate(choice.otherwise());
            type = wider(type, result, choice.otherwise());
            sql.append(" ELSE ").append(result.sql());
        }
        return new Typed(sql + " END", type);
    }

    /** The type of the first result that is not NULL, as long as the longest. */
    private static ColumnType wider(ColumnType type, Typed result, Expr written) {
        if (type == null) {
            return result.type();
        }
        boolean longer = type.type() == result.data() && result.type().length() > type.length();
        boolean firstWasNull = type.type() == DataType.BOOL && !(written instanceof Expr.Null);
        return longer || firstWasNull ? result.type() : type;
    }
}
