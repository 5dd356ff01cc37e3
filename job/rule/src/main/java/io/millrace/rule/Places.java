package io.millrace.rule;

import io.millrace.rule.script.SourceFile;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where the keys of a settings file stand, so that what is wrong with one is shown there.
 *
 * @param file empty if there is none
 * @param offsets of dotted keys such as {@code connections.mqtt.url}
 */
public record Places(Optional<SourceFile> file, Map<String, Integer> offsets) {

    public Places {
        offsets = Map.copyOf(offsets);
    }

    /** No places. */
    public static Places none() {
        return new Places(Optional.empty(), Map.of());
    }

    /** These without some keys, whose values come from elsewhere. */
    Places without(Collection<String> keys) {
        Map<String, Integer> others = new HashMap<>(offsets);
        others.keySet().removeAll(keys);
        return new Places(file, others);
    }

    /** Whether the file has the key. */
    public boolean has(String key) {
        return offsets.containsKey(key);
    }

    /**
     * Something about a key. It is shown where the key stands, or else the nearest key above it.
     *
     * @param message must say itself what it is about: the key may have no place
     */
    public Problem problem(Problem.Severity severity, String key, String message) {
        return problem(severity, key, message, "");
    }

    /** The same with what to do. */
    public Problem problem(Problem.Severity severity, String key, String message, String remedy) {
        String known = key;
        while (!known.isEmpty() && !offsets.containsKey(known)) {
            known = known.substring(0, Math.max(0, known.lastIndexOf('.')));
        }
        if (known.isEmpty() || file.isEmpty()) {
            return Problem.error(message, remedy).as(severity);
        }
        return file.get().problem(severity, offsets.get(known), message, remedy);
    }

    /** An error about a key. */
    public RuleException error(String key, String message, Throwable cause) {
        return new RuleException(problem(Problem.Severity.ERROR, key, message), cause);
    }
}
