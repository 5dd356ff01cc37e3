package io.millrace.rule.check;

import io.millrace.rule.payload.Origin;
import io.millrace.tdengine.client.TDengineType;
import io.millrace.tdengine.client.TargetColumn;
import io.millrace.tdengine.client.TimePrecision;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/**
 * Compares the values that a rule gives with the column that they go into. A value that might not
 * fit is a note, since the sink looks at each; a constant that does not is an error, since every
 * row would be a dead letter. Stateless.
 */
public final class ValueFit {
    private ValueFit() {}

    /**
     * Compares.
     *
     * @param from the type that the query gives
     * @param origin what the value is made of, if known
     * @param precision the unit of the database's times
     */
    public static Optional<Finding> of(
            LogicalType from,
            Optional<Origin> origin,
            TargetColumn column,
            TimePrecision precision) {
        Optional<Origin> constant = origin.filter(o -> o.literal() != null);
        return switch (column.type()) {
            case FLOAT, DOUBLE, DECIMAL -> number(from, column);
            case TIMESTAMP -> time(from, column, precision);
            case VARCHAR, NCHAR, VARBINARY ->
                    constant.filter(o -> o.kind() == Origin.Kind.TEXT).isPresent()
                            ? constantText(constant.get().literal(), column)
                            : text(from, column);
            default ->
                    WholeRange.of(column.type())
                            .flatMap(
                                    range ->
                                            constant.filter(o -> o.kind() == Origin.Kind.NUMBER)
                                                            .isPresent()
                                                    ? constantNumber(
                                                            constant.get().literal(), range, column)
                                                    : whole(from, range, column));
        };
    }

    private static Optional<Finding> constantNumber(
            String literal, WholeRange range, TargetColumn column) {
        BigInteger value;
        try {
            value = new BigDecimal(literal).toBigIntegerExact();
        } catch (NumberFormatException notWritten) {
            return Optional.empty();
        } catch (ArithmeticException fraction) {
            return Optional.of(
                    Finding.error(
                            "Column '%s' is %s and never takes %s: it is no whole number. Every row would be a dead letter."
                                    .formatted(column.name(), column.describeType(), literal)));
        }
        return range.contains(value)
                ? Optional.empty()
                : Optional.of(
                        Finding.error(
                                "Column '%s' is %s and never takes %s; it holds %s. Every row would be a dead letter."
                                        .formatted(
                                                column.name(),
                                                column.describeType(),
                                                literal,
                                                range)));
    }

    private static Optional<Finding> whole(
            LogicalType from, WholeRange range, TargetColumn column) {
        Optional<WholeRange> given = WholeRange.of(from);
        if (given.isPresent()) {
            return range.contains(given.get())
                    ? Optional.empty()
                    : Optional.of(
                            Finding.note(
                                    "Column '%s' is %s and the query gives %s: a row with a value beyond %s is a dead letter."
                                            .formatted(
                                                    column.name(),
                                                    column.describeType(),
                                                    from.copy(true).asSummaryString(),
                                                    range)));
        }
        return from.is(LogicalTypeFamily.NUMERIC)
                ? Optional.of(
                        Finding.note(
                                "Column '%s' is %s and the query gives %s: a row with a fraction, such as 21.5, is a dead letter."
                                        .formatted(
                                                column.name(),
                                                column.describeType(),
                                                from.copy(true).asSummaryString()),
                                "Say what is wanted with ROUND, FLOOR or CEIL, or write into a DOUBLE."))
                : Optional.empty();
    }

    private static Optional<Finding> number(LogicalType from, TargetColumn column) {
        boolean narrower =
                column.type() == TDengineType.FLOAT
                        && (from.is(LogicalTypeRoot.DOUBLE)
                                || from.is(LogicalTypeRoot.BIGINT)
                                || from.is(LogicalTypeRoot.INTEGER)
                                || from.is(LogicalTypeRoot.DECIMAL));
        if (narrower) {
            return Optional.of(
                    Finding.note(
                            "Column '%s' is FLOAT and the query gives %s: it keeps 7 digits of each value."
                                    .formatted(column.name(), from.copy(true).asSummaryString())));
        }
        boolean cut =
                column.type() == TDengineType.DECIMAL
                        && (from.is(LogicalTypeFamily.APPROXIMATE_NUMERIC)
                                || from.is(LogicalTypeRoot.DECIMAL)
                                        && LogicalTypeChecks.getScale(from) > column.scale());
        return cut
                ? Optional.of(
                        Finding.note(
                                "Column '%s' is %s and the query gives %s: further decimals are rounded away."
                                        .formatted(
                                                column.name(),
                                                column.describeType(),
                                                from.copy(true).asSummaryString())))
                : Optional.empty();
    }

    private static Optional<Finding> time(
            LogicalType from, TargetColumn column, TimePrecision precision) {
        boolean finer =
                (from.is(LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE)
                                || from.is(LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE))
                        && LogicalTypeChecks.getPrecision(from) > precision.digits();
        return finer
                ? Optional.of(
                        Finding.note(
                                "Column '%s' counts in %s and the query gives %s: what is finer is cut off."
                                        .formatted(
                                                column.name(),
                                                precision.symbol(),
                                                from.copy(true).asSummaryString())))
                : Optional.empty();
    }

    private static Optional<Finding> constantText(String text, TargetColumn column) {
        boolean characters = column.type() == TDengineType.NCHAR;
        int length =
                characters
                        ? text.codePointCount(0, text.length())
                        : text.getBytes(StandardCharsets.UTF_8).length;
        return length <= column.length()
                ? Optional.empty()
                : Optional.of(
                        Finding.error(
                                "Column '%s' is %s and never takes this text of %d %s. Every row would be a dead letter."
                                        .formatted(
                                                column.name(),
                                                column.describeType(),
                                                length,
                                                characters ? "characters" : "bytes")));
    }

    private static Optional<Finding> text(LogicalType from, TargetColumn column) {
        boolean sized =
                from.is(LogicalTypeFamily.CHARACTER_STRING)
                        || from.is(LogicalTypeFamily.BINARY_STRING);
        int length = sized ? LogicalTypeChecks.getLength(from) : 0;
        if (length <= column.length() || length == VarCharType.MAX_LENGTH) {
            return Optional.empty();
        }
        return Optional.of(
                Finding.note(
                        "Column '%s' is %s and the query gives %s: a row with a longer value is a dead letter."
                                .formatted(
                                        column.name(),
                                        column.describeType(),
                                        from.copy(true).asSummaryString())));
    }
}
