package io.millrace.rule.emqx;

import io.millrace.functions.value.FunctionException;
import java.util.List;

/** Parts of arrays, by positions from 1, or from the end if negative. Stateless. */
final class Slices {
    private Slices() {}

    /**
     * The elements from one position to another. Too large ones are cut at the end; before the
     * beginning is an error.
     */
    static Object of(Object array, long first, long last) {
        if (!(array instanceof List<?> list)) {
            throw new FunctionException(
                    "range_get",
                    "A range [%d..%d] is taken of something that is no array."
                            .formatted(first, last));
        }
        if (first == 0 || last == 0) {
            throw new FunctionException("invalid_index", "A range has no position 0; 1 is first.");
        }
        int size = list.size();
        long from = first > 0 ? first : size + first + 1;
        long count = (last > 0 ? last : size + last + 1) - from + 1;
        if (from >= 2 && size <= from - 2) {
            return List.of();
        }
        if (from < 1 || count < 0) {
            throw new FunctionException(
                    "function_clause",
                    "An array of %d elements has no range [%d..%d].".formatted(size, first, last));
        }
        return list.subList((int) from - 1, (int) Math.min(size, from - 1 + count));
    }
}
