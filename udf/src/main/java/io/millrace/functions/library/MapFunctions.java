package io.millrace.functions.library;

import io.millrace.functions.value.Described;
import io.millrace.functions.value.FunctionException;
import io.millrace.functions.value.JsonNull;
import io.millrace.functions.value.Maps;
import io.millrace.functions.value.Symbol;
import io.millrace.functions.value.TextForm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The group {@code map}. */
final class MapFunctions {
    /** How deep a path may lead. */
    private static final int MOST_PARTS = 256;

    private static final Parameter MAP = Parameter.of("map", Kind.ANY);
    private static final Parameter KEY = Parameter.of("key", Kind.ANY);
    private static final Parameter PATH = Parameter.of("path", Kind.TEXT).refusing("badmatch");
    private static final Parameter VALUE = Parameter.of("value", Kind.ANY);
    private static final Parameter DEFAULT = Parameter.of("default", Kind.ANY);

    private final FunctionGroup group;

    private MapFunctions(FunctionGroup group) {
        this.group = group;
    }

    static void define(Function<String, FunctionGroup> library) {
        MapFunctions functions = new MapFunctions(library.apply("map"));
        functions.definePaths();
        functions.defineKeys();
        functions.defineWholes();
    }

    private void definePaths() {
        group.function(
                        "map_get",
                        "The member of a map, or of a JSON text, at a path of names with dots; the"
                                + " default, or undefined, if there is none.")
                .prepared(Kind.ANY, constants -> mapGet(path(constants, "map_get")), PATH, MAP)
                .prepared(
                        Kind.ANY,
                        constants -> mapGet(path(constants, "map_get")),
                        PATH,
                        MAP,
                        DEFAULT)
                .takesUndefined()
                .example("map_get('a.b', json_decode('{\"a\":{\"b\":2}}'))", "2")
                .example("map_get('z', '{\"a\":1}', 'none')", "\"none\"")
                .add();
        group.function(
                        "map_put",
                        "A map with the member at a path of names with dots replaced or added."
                                + " Anything but a map, a JSON text too, counts as an empty one.")
                .prepared(
                        Kind.MAP,
                        constants -> {
                            CompiledArgument<String[]> path = path(constants, "map_put");
                            return arguments ->
                                    Maps.put(path.of(arguments[0]), arguments[1], arguments[2]);
                        },
                        PATH,
                        VALUE,
                        MAP)
                .takesUndefined()
                .example("map_put('a.b', 1, map_new())", "{\"a\":{\"b\":1}}")
                .add();
    }

    private static CompiledArgument<String[]> path(Constants constants, String function) {
        return CompiledArgument.of(
                constants, 0, function, PATH, text -> split(function, (String) text));
    }

    private static String[] split(String function, String path) {
        String[] parts = path.split("\\.", -1);
        if (parts.length > MOST_PARTS) {
            throw new FunctionException(
                    "badarg",
                    "%s: the path has %d parts; allowed are %d."
                            .formatted(function, parts.length, MOST_PARTS));
        }
        return parts;
    }

    private static Body mapGet(CompiledArgument<String[]> path) {
        return arguments -> {
            Object value = Maps.get(path.of(arguments[0]), arguments[1]);
            return value != null || arguments.length == 2 ? value : arguments[2];
        };
    }

    private void defineKeys() {
        group.function(
                        "mget",
                        "The member of a map, or of a JSON text, with a name that may have dots; the"
                                + " default, or undefined, if there is none.")
                .overload(Kind.ANY, MapFunctions::mget, KEY, MAP)
                .overload(Kind.ANY, MapFunctions::mget, KEY, MAP, DEFAULT)
                .takesUndefined()
                .example("mget('a.b', '{\"a.b\":2}')", "2")
                .example("mget('z', '{\"a\":1}', 'none')", "\"none\"")
                .add();
        group.function(
                        "mput",
                        "A map, or the one in a JSON text, with a member replaced or added; its name"
                                + " may have dots.")
                .overload(Kind.MAP, MapFunctions::mput, KEY, VALUE, MAP)
                .takesUndefined()
                .example("mput('a.b', 1, '{\"c\":2}')", "{\"c\":2,\"a.b\":1}")
                .add();
    }

    private static Object mget(Object[] arguments) {
        Map<String, Object> map = Maps.of(arguments[1]);
        String name = name(arguments[0]);
        Object value = name == null ? null : map.get(name);
        return value != null || arguments.length == 2 ? value : arguments[2];
    }

    private static Object mput(Object[] arguments) {
        Map<String, Object> map = new LinkedHashMap<>(Maps.of(arguments[2]));
        String name = name(arguments[0]);
        if (name == null && arguments[0] instanceof Number) {
            name = (String) TextForm.of(arguments[0]);
        }
        if (name == null) {
            throw new FunctionException(
                    "badarg", "mput: no member has the name " + Described.of(arguments[0]) + ".");
        }
        map.put(name, arguments[1]);
        return map;
    }

    /** The name of a member that a key stands for, or null: a number is no name. */
    private static String name(Object key) {
        if (key instanceof String text) {
            return text;
        }
        if (key == null) {
            return "undefined";
        }
        return key instanceof Boolean || key instanceof Symbol || key == JsonNull.NULL
                ? key.toString()
                : null;
    }

    private void defineWholes() {
        group.function("map_new", "An empty map.")
                .overload(Kind.MAP, arguments -> Map.of())
                .example("map_new()", "{}")
                .add();
        group.function("map_keys", "The names of a map's, or a JSON text's, members in order.")
                .overload(
                        Kind.ARRAY,
                        arguments -> List.copyOf(Maps.names(Maps.of(arguments[0]))),
                        MAP)
                .inFlink("Flink's own takes maps only and does not sort.")
                .example("map_keys('{\"b\":1,\"a\":2}')", "[\"a\",\"b\"]")
                .add();
        group.function("map_values", "The values of a map, or of a JSON text, in order of names.")
                .overload(Kind.ARRAY, arguments -> values(Maps.of(arguments[0])), MAP)
                .inFlink("Flink's own takes maps only and does not sort.")
                .example("map_values('{\"b\":1,\"a\":2}')", "[2,1]")
                .add();
        group.function(
                        "map_to_entries",
                        "The members of a map, or of a JSON text, in order of names, each as a map of"
                                + " key and value.")
                .overload(Kind.ARRAY, arguments -> entries(Maps.of(arguments[0])), MAP)
                .example(
                        "map_to_entries('{\"b\":1,\"a\":2}')",
                        "[{\"key\":\"a\",\"value\":2},{\"key\":\"b\",\"value\":1}]")
                .add();
        group.function("map_size", "The number of a map's, or a JSON text's, members.")
                .overload(Kind.INTEGER, arguments -> (long) Maps.of(arguments[0]).size(), MAP)
                .example("map_size('{\"b\":1,\"a\":2}')", "2")
                .add();
    }

    private static List<Object> values(Map<String, Object> map) {
        List<Object> values = new ArrayList<>(map.size());
        for (String name : Maps.names(map)) {
            values.add(map.get(name));
        }
        return values;
    }

    private static List<Object> entries(Map<String, Object> map) {
        List<Object> entries = new ArrayList<>(map.size());
        for (String name : Maps.names(map)) {
            Map<String, Object> entry = new LinkedHashMap<>(4);
            entry.put("key", name);
            entry.put("value", map.get(name));
            entries.add(entry);
        }
        return entries;
    }
}
