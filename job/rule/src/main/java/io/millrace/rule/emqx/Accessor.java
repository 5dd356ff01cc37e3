package io.millrace.rule.emqx;

import io.millrace.functions.value.Bytes;
import io.millrace.functions.value.FunctionException;
import io.millrace.rule.emqx.json.JsonException;
import io.millrace.rule.emqx.json.JsonReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A function that reads the message, whatever the rule assigned. In conditions it answers
 * undefined, as in EMQX; its arguments are checked all the same.
 */
final class Accessor {
    private static final Map<String, String> COLUMNS =
            Map.of(
                    "msgid", "id",
                    "qos", "qos",
                    "topic", "topic",
                    "flags", "flags",
                    "clientid", "clientid",
                    "clientip", "peerhost",
                    "peerhost", "peerhost",
                    "username", "username",
                    "payload", "payload");
    private static final Set<String> CONTAINS_TOPIC =
            Set.of("contains_topic", "contains_topic_match");

    private final String name;
    private final int arguments;

    private Accessor(String name, int arguments) {
        this.name = name;
        this.arguments = arguments;
    }

    static boolean isName(String function) {
        return COLUMNS.containsKey(function)
                || function.equals("flag")
                || CONTAINS_TOPIC.contains(function);
    }

    /** The names of all. */
    static Set<String> names() {
        Set<String> names = new TreeSet<>(COLUMNS.keySet());
        names.add("flag");
        names.addAll(CONTAINS_TOPIC);
        return names;
    }

    /** The column that a function without arguments reads. */
    static Optional<String> column(String function) {
        return Optional.ofNullable(COLUMNS.get(function));
    }

    static Optional<Accessor> find(String function, int arguments) {
        boolean known =
                switch (function) {
                    case "topic", "payload" -> arguments <= 1;
                    case "flag" -> arguments == 1;
                    case "contains_topic", "contains_topic_match" ->
                            arguments == 2 || arguments == 3;
                    default -> COLUMNS.containsKey(function) && arguments == 0;
                };
        return known ? Optional.of(new Accessor(function, arguments)) : Optional.empty();
    }

    /** Makes the code of a call. */
    Code compile(Code[] codes, boolean seesMessage, Resources resources) {
        if (CONTAINS_TOPIC.contains(name)) {
            return frame -> containsTopic(codes, frame);
        }
        if (arguments == 0) {
            return seesMessage ? column(resources) : frame -> null;
        }
        Code argument = codes[0];
        if (name.equals("topic")) {
            Code topic = resources.column("topic");
            return frame -> {
                long position = position(argument.run(frame));
                return seesMessage ? level(topic.run(frame), position) : null;
            };
        }
        if (!seesMessage) {
            return frame -> {
                argument.run(frame);
                return null;
            };
        }
        if (name.equals("flag")) {
            Code flags = resources.column("flags");
            return frame -> {
                Object flag = argument.run(frame);
                return flags.run(frame) instanceof Map<?, ?> map ? map.get(flag) : null;
            };
        }
        Code payload = resources.column(View.PAYLOAD);
        return frame -> member(payload.run(frame), argument.run(frame));
    }

    private Code column(Resources resources) {
        Code code = resources.column(COLUMNS.get(name));
        if (!name.equals("flags")) {
            return code;
        }
        return frame -> {
            Object flags = code.run(frame);
            return flags == null ? Map.of() : flags;
        };
    }

    private long position(Object argument) {
        if (argument instanceof Long position) {
            return position;
        }
        throw refusal("The number of a level is an integer.");
    }

    private Object level(Object topic, long position) {
        if (!(topic instanceof String text)) {
            return null;
        }
        int start = 0;
        for (long level = 1; position > 0; level++) {
            int end = text.indexOf('/', start);
            if (level == position) {
                return text.substring(start, end < 0 ? text.length() : end);
            }
            if (end < 0) {
                break;
            }
            start = end + 1;
        }
        throw refusal("The topic '%s' has no level %d; the first is 1.".formatted(text, position));
    }

    /** The payload is decoded anew, and its errors have the head of functions. */
    private static Object member(Object payload, Object path) {
        Object value;
        try {
            value = payload == null ? null : JsonReader.read(Bytes.of(payload));
        } catch (JsonException e) {
            throw new FunctionException(
                    "invalid_json", "payload: The payload is no JSON: " + e.getMessage() + ".");
        }
        if (!(path instanceof String names)) {
            throw new FunctionException("badmatch", "payload: A path is a text, such as 'a.b'.");
        }
        for (String member : names.split("\\.", -1)) {
            value = value instanceof Map<?, ?> map ? map.get(member) : null;
        }
        return value;
    }

    private Object containsTopic(Code[] codes, Frame frame) {
        Object list = codes[0].run(frame);
        for (int i = 1; i < codes.length; i++) {
            codes[i].run(frame);
        }
        if (list instanceof List) {
            return Boolean.FALSE;
        }
        throw refusal("The first argument is an array.");
    }

    private FunctionException refusal(String message) {
        return new FunctionException("bad_sql_function_argument", name + ": " + message);
    }
}
