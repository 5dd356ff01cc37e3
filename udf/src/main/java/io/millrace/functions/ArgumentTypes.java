package io.millrace.functions;

import io.millrace.functions.convert.Readable;
import io.millrace.functions.library.Kind;
import io.millrace.functions.library.Parameter;
import io.millrace.functions.value.FunctionException;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/** Which of Flink's types an argument of a kind may have, and in which of them it is passed. */
final class ArgumentTypes {
    private ArgumentTypes() {}

    /** The types of a kind, as {@code DESCRIBE FUNCTION EXTENDED} and messages show them. */
    static String describe(Kind kind) {
        return switch (kind) {
            case INTEGER -> "BIGINT";
            case FLOAT -> "DOUBLE";
            case NUMBER -> "BIGINT | DOUBLE";
            case BOOLEAN -> "BOOLEAN";
            case TEXT -> "STRING";
            case BYTES, BITS -> "STRING | BYTES";
            case ARRAY -> "ARRAY<ANY>";
            case MAP -> "MAP<STRING, ANY> | ROW";
            case ANY -> "ANY";
        };
    }

    /**
     * Finds the type in which an argument is passed: as Flink holds it, so that no call converts it
     * twice. A number that is no literal is cast by the code that the planner makes, without an
     * object in between.
     *
     * @throws FunctionException if it may not have the type that it has
     */
    static DataType of(Parameter parameter, DataType given, boolean literal) {
        LogicalType type = given.getLogicalType();
        Kind kind = parameter.kind();
        if (type.is(LogicalTypeRoot.NULL)) {
            return ofNull(kind);
        }
        Readable.problem(type)
                .ifPresent(
                        problem -> {
                            throw refusal(parameter, type, problem + ".");
                        });
        if (!type.is(LogicalTypeRoot.VARIANT) && !takes(kind, type)) {
            throw refusal(
                    parameter,
                    type,
                    "allowed is %s%s.".formatted(describe(kind), advice(kind, parameter.name())));
        }
        if (literal || kind == Kind.ANY || !type.is(LogicalTypeFamily.NUMERIC)) {
            return given.toInternal();
        }
        boolean whole = Readable.isWhole(type) && kind != Kind.FLOAT;
        if (whole && type.is(LogicalTypeRoot.DECIMAL)) {
            return given.toInternal();
        }
        DataType passed = whole ? DataTypes.BIGINT() : DataTypes.DOUBLE();
        return type.isNullable() ? passed : passed.notNull();
    }

    private static boolean takes(Kind kind, LogicalType type) {
        return switch (kind) {
            case INTEGER -> Readable.isWhole(type);
            case FLOAT, NUMBER -> type.is(LogicalTypeFamily.NUMERIC);
            case BOOLEAN -> type.is(LogicalTypeRoot.BOOLEAN);
            case TEXT -> isText(type) || type.is(LogicalTypeRoot.BOOLEAN);
            case BYTES, BITS -> isText(type);
            case ARRAY -> type.is(LogicalTypeRoot.ARRAY);
            case MAP ->
                    type.isAnyOf(
                            LogicalTypeRoot.MAP,
                            LogicalTypeRoot.ROW,
                            LogicalTypeRoot.STRUCTURED_TYPE);
            case ANY -> true;
        };
    }

    /** Bytes that are UTF-8 are text, as the payload of a message is. */
    private static boolean isText(LogicalType type) {
        return type.is(LogicalTypeFamily.CHARACTER_STRING)
                || type.is(LogicalTypeFamily.BINARY_STRING);
    }

    private static String advice(Kind kind, String name) {
        return switch (kind) {
            case INTEGER -> ". Convert it with CAST(" + name + " AS BIGINT)";
            case FLOAT, NUMBER -> ". Convert it with CAST(" + name + " AS DOUBLE)";
            case TEXT, BYTES, BITS -> ". Convert it with CAST(" + name + " AS STRING)";
            case BOOLEAN -> ". Convert it with CAST(" + name + " AS BOOLEAN)";
            default -> "";
        };
    }

    private static DataType ofNull(Kind kind) {
        DataType type =
                switch (kind) {
                    case INTEGER -> DataTypes.BIGINT();
                    case FLOAT, NUMBER -> DataTypes.DOUBLE();
                    case BOOLEAN -> DataTypes.BOOLEAN();
                    case TEXT, BYTES, BITS, ANY -> DataTypes.STRING();
                    case ARRAY -> DataTypes.ARRAY(DataTypes.STRING());
                    case MAP -> DataTypes.MAP(DataTypes.STRING(), DataTypes.STRING());
                };
        return type.toInternal();
    }

    private static FunctionException refusal(Parameter parameter, LogicalType type, String why) {
        return new FunctionException(
                "bad_sql_function_argument",
                "%s has type %s; %s".formatted(parameter.name(), type.asSummaryString(), why));
    }
}
