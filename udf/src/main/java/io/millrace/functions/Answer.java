package io.millrace.functions;

import io.millrace.functions.convert.Readable;
import io.millrace.functions.convert.Writable;
import io.millrace.functions.library.Kind;
import io.millrace.functions.library.Overload;
import io.millrace.functions.library.RuleFunction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.table.types.logical.VariantType;
import org.apache.flink.table.types.logical.utils.LogicalTypeMerging;

/**
 * Which type a call's answer has. The kind of the overload says it, except where the answer is a
 * part of an argument: then it has that part's type. What nobody can know before the first message
 * is a VARIANT.
 *
 * @param description for documents
 * @param inference finds the type
 */
record Answer(String description, Inference inference) {
    private static final LogicalType BIGINT = new BigIntType();
    private static final LogicalType DOUBLE = new DoubleType();
    private static final LogicalType STRING = new VarCharType(VarCharType.MAX_LENGTH);
    private static final LogicalType BYTES = new VarBinaryType(VarBinaryType.MAX_LENGTH);
    private static final LogicalType VARIANT = new VariantType();

    /** Finds the type of an answer from the types of the arguments and their literal texts. */
    @FunctionalInterface
    interface Inference {
        LogicalType infer(List<LogicalType> types, IntFunction<Optional<String>> literals);
    }

    private static final Answer TEXTS = fixed("ARRAY<STRING>", new ArrayType(STRING));
    private static final Answer ANYTHING = fixed("VARIANT", VARIANT);
    private static final Answer MEMBER =
            new Answer(
                    "the type of the map's values; VARIANT if it is no MAP",
                    (types, literals) ->
                            common(members(types.get(1)), types.subList(2, types.size())));
    private static final Answer COMMON =
            new Answer(
                    "the type that the arguments, or the array's elements, have in common; else"
                            + " VARIANT",
                    (types, literals) ->
                            types.size() == 1
                                    ? element(types.get(0))
                                    : common(types.get(0), types));

    private static final Map<String, Answer> BY_FUNCTION =
            Map.ofEntries(
                    Map.entry("split", TEXTS),
                    Map.entry("tokens", TEXTS),
                    Map.entry("regex_extract", TEXTS),
                    Map.entry("map_keys", TEXTS),
                    Map.entry("nth", elementOf(1)),
                    Map.entry("first", elementOf(0)),
                    Map.entry("last", elementOf(0)),
                    Map.entry(
                            "sublist",
                            new Answer(
                                    "the array's type",
                                    (types, literals) ->
                                            new ArrayType(element(types.get(types.size() - 1))))),
                    Map.entry("coalesce", COMMON),
                    Map.entry("coalesce_ne", COMMON),
                    Map.entry("mget", MEMBER),
                    Map.entry(
                            "map_get",
                            new Answer(
                                    "the type of the map's values; VARIANT if it is no MAP, or a map of"
                                            + " maps",
                                    (types, literals) ->
                                            members(types.get(1)).is(LogicalTypeRoot.MAP)
                                                    ? VARIANT
                                                    : MEMBER.inference.infer(types, literals))),
                    Map.entry(
                            "mput",
                            new Answer(
                                    "the map's type if the value fits; else VARIANT",
                                    (types, literals) -> put(types.get(1), types.get(2)))),
                    Map.entry(
                            "map_values",
                            new Answer(
                                    "ARRAY of the map's values",
                                    (types, literals) -> new ArrayType(members(types.get(0))))),
                    Map.entry(
                            "map_to_entries",
                            new Answer(
                                    "ARRAY<ROW<key STRING, value ...>> with the map's values",
                                    (types, literals) -> entries(members(types.get(0))))),
                    Map.entry(
                            "map",
                            new Answer(
                                    "the map's type; VARIANT if it is no MAP",
                                    (types, literals) ->
                                            types.get(0).is(LogicalTypeRoot.MAP)
                                                    ? Writable.of(types.get(0))
                                                    : VARIANT)),
                    Map.entry(
                            "subbits",
                            new Answer(
                                    "BIGINT; DOUBLE for 'float', BYTES for 'bits'",
                                    (types, literals) -> bits(types, literals))));

    /** The answer of an overload. */
    static Answer of(RuleFunction function, Overload overload) {
        Answer special = BY_FUNCTION.get(function.name());
        return special == null ? of(kind(function, overload)) : special;
    }

    /** A broker's texts may be any bytes; in SQL an answer that is meant to be read is a text. */
    private static Kind kind(RuleFunction function, Overload overload) {
        boolean isText = function.group().equals("string") || function.name().equals("str");
        return isText && overload.result() == Kind.BYTES ? Kind.TEXT : overload.result();
    }

    private static Answer of(Kind kind) {
        return switch (kind) {
            case INTEGER -> fixed("BIGINT", BIGINT);
            case FLOAT -> fixed("DOUBLE", DOUBLE);
            case NUMBER ->
                    new Answer(
                            "BIGINT if all arguments are whole numbers; else DOUBLE",
                            (types, literals) ->
                                    types.stream().allMatch(Readable::isWhole) ? BIGINT : DOUBLE);
            case BOOLEAN -> fixed("BOOLEAN", new BooleanType());
            case TEXT -> fixed("STRING", STRING);
            case BYTES, BITS -> fixed("BYTES", BYTES);
            case ARRAY -> fixed("ARRAY<VARIANT>", new ArrayType(VARIANT));
            case MAP, ANY -> ANYTHING;
        };
    }

    /** The argument that decides the type and so must be a literal, or nothing. */
    static Optional<Integer> literalArgument(RuleFunction function, int count) {
        return function.name().equals("subbits") && count > 3 ? Optional.of(3) : Optional.empty();
    }

    private static Answer fixed(String description, LogicalType type) {
        return new Answer(description, (types, literals) -> type);
    }

    private static Answer elementOf(int position) {
        return new Answer(
                "the type of the array's elements",
                (types, literals) -> element(types.get(position)));
    }

    private static LogicalType element(LogicalType array) {
        return array.is(LogicalTypeRoot.ARRAY) ? Writable.of(array.getChildren().get(0)) : VARIANT;
    }

    private static LogicalType members(LogicalType map) {
        return map.is(LogicalTypeRoot.MAP) ? Writable.of(map.getChildren().get(1)) : VARIANT;
    }

    private static LogicalType common(LogicalType one, List<LogicalType> others) {
        List<LogicalType> all =
                Stream.concat(Stream.of(one), others.stream())
                        .filter(type -> !type.is(LogicalTypeRoot.NULL))
                        .map(Writable::of)
                        .toList();
        return all.isEmpty() ? STRING : LogicalTypeMerging.findCommonType(all).orElse(VARIANT);
    }

    private static LogicalType put(LogicalType value, LogicalType map) {
        if (!map.is(LogicalTypeRoot.MAP)) {
            return VARIANT;
        }
        LogicalType values = common(members(map), List.of(value));
        return values.is(LogicalTypeRoot.VARIANT) ? VARIANT : Writable.map(values);
    }

    private static LogicalType entries(LogicalType values) {
        return new ArrayType(
                RowType.of(new LogicalType[] {STRING, values}, new String[] {"key", "value"}));
    }

    private static LogicalType bits(
            List<LogicalType> types, IntFunction<Optional<String>> literals) {
        String type = types.size() > 3 ? literals.apply(3).orElse("") : "";
        return switch (type) {
            case "float" -> DOUBLE;
            case "bits" -> BYTES;
            default -> BIGINT;
        };
    }
}
