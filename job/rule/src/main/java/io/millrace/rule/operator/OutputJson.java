package io.millrace.rule.operator;

import io.millrace.functions.value.FunctionException;
import io.millrace.functions.value.Json;
import io.millrace.functions.value.JsonNull;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A rule's output as JSON, where undefined is null: the text {@code "undefined"} that EMQX writes
 * is no better than a value that is missing. Stateless.
 */
final class OutputJson {
    private OutputJson() {}

    static String of(Object value) throws MisfitException {
        try {
            return Json.encode(defined(value, 0));
        } catch (FunctionException e) {
            throw new MisfitException(e.getMessage());
        }
    }

    private static Object defined(Object value, int depth) {
        if (value == null) {
            return JsonNull.NULL;
        }
        // What is deeper the encoder refuses.
        if (depth > Json.MOST_DEPTH) {
            return value;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> members = new LinkedHashMap<>();
            map.forEach((name, member) -> members.put(name, defined(member, depth + 1)));
            return members;
        }
        return value instanceof List<?> list
                ? list.stream().map(element -> defined(element, depth + 1)).toList()
                : value;
    }
}
