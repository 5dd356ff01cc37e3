package io.millrace.functions;

import io.millrace.functions.time.EpochUnit;
import io.millrace.functions.time.TimeOffset;
import io.millrace.functions.value.FunctionException;
import java.time.ZoneOffset;
import java.util.function.Consumer;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.Signature;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/**
 * One argument of a function.
 *
 * @param name for messages
 * @param kind which types it may have
 * @param check run on a literal text when a statement is planned; throws {@link FunctionException}
 */
record CallArgument(String name, Kind kind, Consumer<String> check) {

    enum Kind {
        TEXT("STRING"),
        LITERAL_TEXT("LITERAL STRING"),
        INTEGER("BIGINT"),
        TEXT_OR_INTEGER("STRING | BIGINT");

        private final String sqlTypes;

        private boolean takesIntegers() {
            return this == INTEGER || this == TEXT_OR_INTEGER;
        }

        Kind(String sqlTypes) {
            this.sqlTypes = sqlTypes;
        }
    }

    static CallArgument unit() {
        return text("unit", EpochUnit::named);
    }

    /** For functions that know nothing but the unit, and whose answer is never NULL. */
    static CallArgument literalUnit() {
        return new CallArgument("unit", Kind.LITERAL_TEXT, EpochUnit::named);
    }

    static CallArgument offset() {
        return new CallArgument("offset", Kind.TEXT_OR_INTEGER, CallArgument::checkOffset);
    }

    private static void checkOffset(String literal) {
        TimeOffset.parse(literal, ZoneOffset.UTC);
    }

    static CallArgument text(String name) {
        return text(name, literal -> {});
    }

    static CallArgument text(String name, Consumer<String> check) {
        return new CallArgument(name, Kind.TEXT, check);
    }

    static CallArgument integer(String name) {
        return new CallArgument(name, Kind.INTEGER, literal -> {});
    }

    Signature.Argument describe() {
        return Signature.Argument.of(name, kind.sqlTypes);
    }

    /**
     * Returns the type that the function's code gets: texts as Flink holds them, so that no call
     * converts one; integers as BIGINT.
     */
    DataType infer(CallContext call, int position) {
        DataType given = call.getArgumentDataTypes().get(position);
        LogicalType type = given.getLogicalType();
        boolean literal = call.isArgumentLiteral(position) && !call.isArgumentNull(position);
        if (kind == Kind.LITERAL_TEXT && !literal) {
            throw new FunctionException(
                    "bad_sql_function_argument", name + " must be written as a literal text.");
        }
        if (type.is(LogicalTypeRoot.NULL)) {
            return kind == Kind.INTEGER
                    ? DataTypes.BIGINT()
                    : DataTypes.STRING().bridgedTo(StringData.class);
        }
        if (kind != Kind.INTEGER && type.is(LogicalTypeFamily.CHARACTER_STRING)) {
            if (literal) {
                call.getArgumentValue(position, String.class).ifPresent(check);
            }
            return given.bridgedTo(StringData.class);
        }
        if (kind.takesIntegers() && type.is(LogicalTypeFamily.INTEGER_NUMERIC)) {
            return type.isNullable() ? DataTypes.BIGINT() : DataTypes.BIGINT().notNull();
        }
        throw new FunctionException(
                "bad_sql_function_argument",
                name
                        + " has type "
                        + type.asSummaryString()
                        + "; allowed is "
                        + kind.sqlTypes
                        + ". Convert it with CAST("
                        + name
                        + " AS "
                        + (kind == Kind.INTEGER ? "BIGINT" : "STRING")
                        + ").");
    }
}
