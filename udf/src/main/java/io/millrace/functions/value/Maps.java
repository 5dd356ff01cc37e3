package io.millrace.functions.value;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Maps, and texts that are the JSON of one. */
public final class Maps {
    private Maps() {}

    /**
     * Returns a map, or the one that a JSON text holds.
     *
     * @throws FunctionException {@code invalid_json} if a text is no JSON, {@code badarg} if it
     *     holds, or the value is, anything but a map
     */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> of(Object value) {
        Object decoded = decode(value);
        if (decoded instanceof Map) {
            return (Map<String, Object>) decoded;
        }
        throw new FunctionException(
                "badarg",
                "A map is needed, or the JSON text of one; this is " + Described.of(value) + ".");
    }

    private static Object decode(Object value) {
        if (value instanceof String text) {
            return Json.decode(text);
        }
        if (value instanceof List<?> list && list.isEmpty()) {
            // EMQX takes a list of members too, of which JSON can only have the empty one.
            return Map.of();
        }
        return value instanceof Bytes ? Json.decode(Bytes.of(value)) : value;
    }

    /** The names of a map's members in the order of their UTF-8 bytes. */
    public static List<String> names(Map<String, Object> map) {
        List<String> names = new ArrayList<>(map.keySet());
        names.sort(TermOrder::texts);
        return names;
    }

    /**
     * Reads the member of a map at a path. A text on the way is read as JSON; what is not there is
     * undefined.
     */
    public static Object get(String[] path, Object data) {
        Object value = data;
        for (int i = 0; value != null && i < path.length; i++) {
            value = member(value, path[i]);
        }
        return value;
    }

    /**
     * Returns a map with a member at a path replaced or added, and the maps that lead to it. What
     * is no map on the way is replaced by one.
     */
    public static Map<String, Object> put(String[] path, Object value, Object map) {
        return put(path, 0, value, map instanceof Map ? map : null);
    }

    private static Map<String, Object> put(String[] path, int at, Object value, Object data) {
        Object inner =
                at == path.length - 1
                        ? value
                        : put(path, at + 1, value, data == null ? null : member(data, path[at]));
        Map<String, Object> result = new LinkedHashMap<>();
        if (data instanceof Map<?, ?> map) {
            map.forEach((name, member) -> result.put((String) name, member));
        }
        result.put(path[at], inner);
        return result;
    }

    private static Object member(Object data, String name) {
        Object map = data;
        try {
            while (map instanceof String text) {
                map = Json.decode(text);
            }
        } catch (FunctionException e) {
            return null;
        }
        return map instanceof Map<?, ?> members ? members.get(name) : null;
    }
}
