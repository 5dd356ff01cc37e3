package io.millrace.functions.value;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * The order of all values: numbers, then names (booleans, nulls, undefined, symbols), maps, arrays,
 * texts. Integers and floats are one sequence. This is Erlang's order.
 */
public final class TermOrder {
    private static final int NUMBER = 0;
    private static final int NAME = 1;
    private static final int MAP = 2;
    private static final int LIST = 3;
    private static final int TEXT = 4;

    private TermOrder() {}

    /** Compares two values; 0 if they are equal, an integer and a float included. */
    public static int compare(Object left, Object right) {
        int rank = rank(left);
        int other = rank(right);
        if (rank != other) {
            return Integer.compare(rank, other);
        }
        return switch (rank) {
            case NUMBER -> numbers((Number) left, (Number) right);
            case NAME -> texts(name(left), name(right));
            case MAP -> maps((Map<?, ?>) left, (Map<?, ?>) right);
            case LIST -> lists((List<?>) left, (List<?>) right);
            default -> bits(left, right);
        };
    }

    private static int rank(Object value) {
        if (value instanceof Number) {
            return NUMBER;
        }
        if (value instanceof Map) {
            return MAP;
        }
        if (value instanceof List) {
            return LIST;
        }
        return value instanceof String || value instanceof Bytes || value instanceof Bits
                ? TEXT
                : NAME;
    }

    private static String name(Object value) {
        return value == null ? "undefined" : value.toString();
    }

    /** Compares numbers by their exact values. */
    public static int numbers(Number left, Number right) {
        if (left instanceof Long a && right instanceof Long b) {
            return Long.compare(a, b);
        }
        if (left instanceof Double a && right instanceof Double b) {
            // Not Double.compare: the zeros are equal.
            return a < b ? -1 : a > b ? 1 : 0;
        }
        if (left instanceof Double a && right instanceof Long b) {
            return -integerAndFloat(b, a);
        }
        if (left instanceof Long a && right instanceof Double b) {
            return integerAndFloat(a, b);
        }
        return decimal(left).compareTo(decimal(right));
    }

    private static int integerAndFloat(long integer, double real) {
        if (real >= 0x1p63) {
            return -1;
        }
        if (real < -0x1p63) {
            return 1;
        }
        long whole = (long) real;
        if (integer != whole) {
            return integer < whole ? -1 : 1;
        }
        double rest = real - whole;
        return rest > 0 ? -1 : rest < 0 ? 1 : 0;
    }

    private static BigDecimal decimal(Number number) {
        return number instanceof Double real
                ? new BigDecimal(real)
                : new BigDecimal(Integers.big(number));
    }

    /** Compares texts by their UTF-8 bytes, which is by their characters' codes. */
    public static int texts(String left, String right) {
        int shorter = Math.min(left.length(), right.length());
        for (int i = 0; i < shorter; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                boolean surrogate = Character.isSurrogate(a);
                // Characters beyond U+FFFF are above all others, their surrogates are not.
                return surrogate == Character.isSurrogate(b)
                        ? Character.compare(a, b)
                        : surrogate ? 1 : -1;
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    private static int bits(Object left, Object right) {
        if (left instanceof String a && right instanceof String b) {
            return texts(a, b);
        }
        int order = Arrays.compareUnsigned(bytes(left), bytes(right));
        return order != 0 ? order : Integer.compare(count(left), count(right));
    }

    private static byte[] bytes(Object value) {
        return value instanceof Bits bits ? bits.bytes() : Bytes.of(value);
    }

    private static int count(Object value) {
        return value instanceof Bits bits ? bits.count() : 0;
    }

    private static int lists(List<?> left, List<?> right) {
        Iterator<?> others = right.iterator();
        for (Object element : left) {
            if (!others.hasNext()) {
                return 1;
            }
            int order = compare(element, others.next());
            if (order != 0) {
                return order;
            }
        }
        return others.hasNext() ? -1 : 0;
    }

    /** Maps by size, then by names, then by values in the order of names. */
    private static int maps(Map<?, ?> left, Map<?, ?> right) {
        if (left.size() != right.size()) {
            return Integer.compare(left.size(), right.size());
        }
        List<String> names = names(left);
        int order = lists(names, names(right));
        for (int i = 0; order == 0 && i < names.size(); i++) {
            order = compare(left.get(names.get(i)), right.get(names.get(i)));
        }
        return order;
    }

    private static List<String> names(Map<?, ?> map) {
        List<String> names = new ArrayList<>(map.size());
        for (Object name : map.keySet()) {
            names.add((String) name);
        }
        Collections.sort(names, TermOrder::texts);
        return names;
    }
}
