package io.millrace.tdengine.table;

import io.millrace.tdengine.scan.Predicate;
import io.millrace.tdengine.scan.Predicate.Operator;
import io.millrace.tdengine.scan.ReadTable;
import io.millrace.tdengine.scan.ScanField;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.table.expressions.CallExpression;
import org.apache.flink.table.expressions.FieldReferenceExpression;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.expressions.ValueLiteralExpression;
import org.apache.flink.table.functions.BuiltInFunctionDefinitions;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.utils.LogicalTypeCasts;

/**
 * Translates Flink's conditions for the scan. The table is not known here, only what is declared;
 * so a condition that some table of TDengine would compare otherwise than Flink does is translated
 * as inexact: it is pushed down to save work, and Flink filters again. Negations are pushed into
 * the leaves. Stateless.
 */
final class FilterTranslator {
    private static final Map<FunctionDefinition, Operator> OPERATORS =
            Map.of(
                    BuiltInFunctionDefinitions.EQUALS, Operator.EQUAL,
                    BuiltInFunctionDefinitions.NOT_EQUALS, Operator.NOT_EQUAL,
                    BuiltInFunctionDefinitions.LESS_THAN, Operator.LESS,
                    BuiltInFunctionDefinitions.LESS_THAN_OR_EQUAL, Operator.LESS_OR_EQUAL,
                    BuiltInFunctionDefinitions.GREATER_THAN, Operator.GREATER,
                    BuiltInFunctionDefinitions.GREATER_THAN_OR_EQUAL, Operator.GREATER_OR_EQUAL);

    private static final Set<LogicalTypeRoot> WHOLE =
            Set.of(
                    LogicalTypeRoot.TINYINT,
                    LogicalTypeRoot.SMALLINT,
                    LogicalTypeRoot.INTEGER,
                    LogicalTypeRoot.BIGINT);

    private static final Set<LogicalTypeRoot> TIMES =
            Set.of(
                    LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE,
                    LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE);

    private static final Set<LogicalTypeRoot> FRACTIONS =
            Set.of(LogicalTypeRoot.FLOAT, LogicalTypeRoot.DOUBLE);

    /**
     * A condition for the scan.
     *
     * @param exact whether it lets through exactly the rows that Flink's condition does
     */
    record Pushed(Predicate predicate, boolean exact) {}

    private FilterTranslator() {}

    /** Translates a condition; empty if no part of it can be pushed down. */
    static Optional<Pushed> translate(ResolvedExpression expression) {
        return translate(expression, false);
    }

    private static Optional<Pushed> translate(ResolvedExpression expression, boolean negated) {
        Optional<ScanField> field = field(expression);
        if (field.isPresent() && root(field.get()) == LogicalTypeRoot.BOOLEAN) {
            return Optional.of(
                    new Pushed(
                            new Predicate.Comparison(field.get(), Operator.EQUAL, !negated), true));
        }
        if (!(expression instanceof CallExpression call)) {
            return Optional.empty();
        }
        FunctionDefinition function = call.getFunctionDefinition();
        List<ResolvedExpression> arguments = call.getResolvedChildren();
        if (function == BuiltInFunctionDefinitions.NOT) {
            return translate(arguments.get(0), !negated);
        }
        if (function == BuiltInFunctionDefinitions.AND
                || function == BuiltInFunctionDefinitions.OR) {
            boolean all = (function == BuiltInFunctionDefinitions.AND) != negated;
            return all ? all(arguments, negated) : any(arguments, negated);
        }
        if (function == BuiltInFunctionDefinitions.IS_TRUE && !negated) {
            return translate(arguments.get(0), false);
        }
        if (function == BuiltInFunctionDefinitions.IS_FALSE && !negated) {
            return translate(arguments.get(0), true);
        }
        if (function == BuiltInFunctionDefinitions.IS_NULL
                || function == BuiltInFunctionDefinitions.IS_NOT_NULL) {
            boolean absent = (function == BuiltInFunctionDefinitions.IS_NULL) != negated;
            return field(arguments.get(0))
                    .map(f -> new Pushed(new Predicate.Absence(f, absent), true));
        }
        if (function == BuiltInFunctionDefinitions.LIKE && !negated && arguments.size() == 2) {
            return like(arguments.get(0), arguments.get(1));
        }
        Operator operator = OPERATORS.get(function);
        return operator == null
                ? Optional.empty()
                : comparison(arguments.get(0), operator, arguments.get(1), negated);
    }

    private static Optional<Pushed> all(List<ResolvedExpression> arguments, boolean negated) {
        List<Predicate> parts = new ArrayList<>();
        boolean exact = true;
        for (ResolvedExpression argument : arguments) {
            Optional<Pushed> part = translate(argument, negated);
            exact &= part.map(Pushed::exact).orElse(false);
            part.ifPresent(p -> parts.add(p.predicate()));
        }
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of(new Pushed(new Predicate.All(parts), exact));
    }

    private static Optional<Pushed> any(List<ResolvedExpression> arguments, boolean negated) {
        List<Predicate> parts = new ArrayList<>();
        boolean exact = true;
        for (ResolvedExpression argument : arguments) {
            Optional<Pushed> part = translate(argument, negated);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            exact &= part.get().exact();
            if (part.get().predicate() instanceof Predicate.Any inner) {
                parts.addAll(inner.parts());
            } else {
                parts.add(part.get().predicate());
            }
        }
        return Optional.of(new Pushed(new Predicate.Any(parts), exact));
    }

    private static Optional<Pushed> like(ResolvedExpression text, ResolvedExpression pattern) {
        Optional<ScanField> field = field(text);
        if (field.isEmpty()
                || root(field.get()) != LogicalTypeRoot.VARCHAR
                || !(pattern instanceof ValueLiteralExpression literal)) {
            return Optional.empty();
        }
        return literal.getValueAs(String.class)
                .map(p -> new Pushed(new Predicate.Likeness(field.get(), p), false));
    }

    private static Optional<Pushed> comparison(
            ResolvedExpression left, Operator operator, ResolvedExpression right, boolean negated) {
        if (left instanceof ValueLiteralExpression && !(right instanceof ValueLiteralExpression)) {
            return comparison(right, operator.flipped(), left, negated);
        }
        Optional<ScanField> field = field(left);
        if (field.isEmpty() || !(right instanceof ValueLiteralExpression literal)) {
            return Optional.empty();
        }
        LogicalTypeRoot root = root(field.get());
        if (negated && FRACTIONS.contains(root)) {
            // Where a value is NaN, neither a comparison nor its opposite is true.
            return Optional.empty();
        }
        Operator used = negated ? operator.negated() : operator;
        return value(root, literal)
                .map(
                        v ->
                                new Pushed(
                                        new Predicate.Comparison(field.get(), used, v),
                                        isExact(field.get(), root, used)));
    }

    private static boolean isExact(ScanField field, LogicalTypeRoot root, Operator operator) {
        boolean equality = operator == Operator.EQUAL || operator == Operator.NOT_EQUAL;
        return WHOLE.contains(root)
                || TIMES.contains(root)
                || root == LogicalTypeRoot.BOOLEAN && equality
                || equality && field.name().equals(ReadTable.TABLE_NAME);
    }

    /** What a column is compared with, if the comparison is one of values of a kind. */
    private static Optional<? extends Serializable> value(
            LogicalTypeRoot field, ValueLiteralExpression literal) {
        LogicalTypeRoot root = literal.getOutputDataType().getLogicalType().getTypeRoot();
        if (literal.isNull()) {
            return Optional.empty();
        }
        if (field == LogicalTypeRoot.BOOLEAN) {
            return literal.getValueAs(Boolean.class);
        }
        if (field == LogicalTypeRoot.VARCHAR) {
            return root == LogicalTypeRoot.VARCHAR || root == LogicalTypeRoot.CHAR
                    ? literal.getValueAs(String.class)
                    : Optional.empty();
        }
        if (TIMES.contains(field)) {
            return root != field
                    ? Optional.empty()
                    : field == LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE
                            ? literal.getValueAs(LocalDateTime.class)
                                    .map(time -> time.toInstant(ZoneOffset.UTC))
                            : literal.getValueAs(Instant.class);
        }
        if (WHOLE.contains(field)
                || FRACTIONS.contains(field)
                || field == LogicalTypeRoot.DECIMAL) {
            return number(literal, root);
        }
        return Optional.empty();
    }

    private static Optional<BigDecimal> number(
            ValueLiteralExpression literal, LogicalTypeRoot root) {
        if (FRACTIONS.contains(root)) {
            double value =
                    literal.getValueAs(Number.class).map(Number::doubleValue).orElse(Double.NaN);
            return Double.isFinite(value) ? Optional.of(new BigDecimal(value)) : Optional.empty();
        }
        return WHOLE.contains(root) || root == LogicalTypeRoot.DECIMAL
                ? literal.getValueAs(BigDecimal.class)
                : Optional.empty();
    }

    /** A column, maybe within a cast that changes no value. */
    private static Optional<ScanField> field(ResolvedExpression expression) {
        if (expression instanceof FieldReferenceExpression reference) {
            return Optional.of(
                    new ScanField(
                            reference.getName(), reference.getOutputDataType().getLogicalType()));
        }
        if (expression instanceof CallExpression call
                && call.getFunctionDefinition() == BuiltInFunctionDefinitions.CAST) {
            LogicalType target = call.getOutputDataType().getLogicalType();
            return field(call.getResolvedChildren().get(0))
                    .filter(field -> losesNothing(field.type(), target));
        }
        return Optional.empty();
    }

    private static boolean losesNothing(LogicalType from, LogicalType to) {
        LogicalTypeRoot source = from.getTypeRoot();
        LogicalTypeRoot target = to.getTypeRoot();
        boolean kind =
                WHOLE.contains(source)
                                && (WHOLE.contains(target) || target == LogicalTypeRoot.DECIMAL)
                        || source == LogicalTypeRoot.FLOAT && target == LogicalTypeRoot.DOUBLE
                        || source == target && TIMES.contains(source)
                        || source == target && source == LogicalTypeRoot.VARCHAR;
        return kind && LogicalTypeCasts.supportsImplicitCast(from.copy(true), to.copy(true));
    }

    private static LogicalTypeRoot root(ScanField field) {
        return field.type().getTypeRoot();
    }
}
