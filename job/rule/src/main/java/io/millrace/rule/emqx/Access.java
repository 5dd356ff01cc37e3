package io.millrace.rule.emqx;

import io.millrace.rule.emqx.json.JsonReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A compiled step of a path: reads a part of a value, and makes a value with another part. A text
 * on the way is read as JSON; what is not there is undefined. Values are never changed.
 */
sealed interface Access {

    /** Reads the part, or null. */
    Object get(Object data, Object document, Frame frame);

    /** Makes a value that has the part; what cannot have it is replaced. */
    Object set(Object data, Object part, Frame frame);

    /** Reads along a path. */
    static Object walk(Object document, Access[] steps, Frame frame) {
        Object value = document;
        for (Access step : steps) {
            if (value == null) {
                return null;
            }
            value = step.get(value, document, frame);
        }
        return value;
    }

    /** Makes a value with another part at the end of a path. */
    static Object put(Object data, Access[] steps, int from, Object value, Frame frame) {
        Access step = steps[from];
        if (from == steps.length - 1) {
            return step.set(data, value, frame);
        }
        Object part = data == null ? null : step.get(data, null, frame);
        return step.set(data, put(part, steps, from + 1, value, frame), frame);
    }

    /** A member of a map. */
    record Key(String name) implements Access {
        @Override
        public Object get(Object data, Object document, Frame frame) {
            Object container = data instanceof String text ? JsonReader.readOrNull(text) : data;
            if (container instanceof Map<?, ?> map) {
                return map.get(name);
            }
            return container instanceof String ? get(container, document, frame) : null;
        }

        @Override
        public Object set(Object data, Object part, Frame frame) {
            Map<String, Object> copy = new LinkedHashMap<>();
            if (data instanceof Map<?, ?> map) {
                map.forEach((key, value) -> copy.put((String) key, value));
            }
            copy.put(name, part);
            return copy;
        }
    }

    /** An element of an array, counted from 1 or, if negative, from the end. */
    record Index(long position, boolean negative) implements Access {
        @Override
        public Object get(Object data, Object document, Frame frame) {
            return nth(data, position);
        }

        @Override
        public Object set(Object data, Object part, Frame frame) {
            if (position != 0 || !(data instanceof List<?> list)) {
                return replaceNth(data, position, part);
            }
            List<Object> longer = new ArrayList<>(list.size() + 1);
            longer.addAll(list);
            longer.add(negative ? list.size() : 0, part);
            return longer;
        }
    }

    /** An element whose position is a part of the same document. */
    record IndexInDocument(Access[] path) implements Access {
        @Override
        public Object get(Object data, Object document, Frame frame) {
            return walk(document, path, frame) instanceof Long position
                    ? nth(data, position)
                    : null;
        }

        @Override
        public Object set(Object data, Object part, Frame frame) {
            throw new IllegalStateException("Nothing is written into documents.");
        }
    }

    /** An element whose position is computed; the code is null if there is nothing to ask. */
    record IndexByCode(Code code) implements Access {
        @Override
        public Object get(Object data, Object document, Frame frame) {
            return position(frame) instanceof Long position ? nth(data, position) : null;
        }

        @Override
        public Object set(Object data, Object part, Frame frame) {
            Object position = position(frame);
            if (data instanceof List && !(position instanceof Long)) {
                return data;
            }
            return replaceNth(data, position instanceof Long number ? number : 0, part);
        }

        private Object position(Frame frame) {
            return code == null ? null : code.run(frame);
        }
    }

    private static Object nth(Object data, long position) {
        Object container = data instanceof String text ? JsonReader.readOrNull(text) : data;
        if (container instanceof List<?> list) {
            int at = offset(list, position);
            return at < 0 ? null : list.get(at);
        }
        return container instanceof String ? nth(container, position) : null;
    }

    /** An array without such a position stays as it is; what is no array becomes one. */
    private static Object replaceNth(Object data, long position, Object part) {
        if (!(data instanceof List<?> list)) {
            List<Object> single = new ArrayList<>(1);
            single.add(part);
            return single;
        }
        int at = offset(list, position);
        if (at < 0) {
            return data;
        }
        List<Object> copy = new ArrayList<>(list);
        copy.set(at, part);
        return copy;
    }

    private static int offset(List<?> list, long position) {
        long at = position > 0 ? position - 1 : list.size() + position;
        return position == 0 || at < 0 || at >= list.size() ? -1 : (int) at;
    }
}
