package io.millrace.functions.library;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All functions by name. Immutable; any number of threads may use it. */
public final class Library {
    private static final Library STANDARD = new Library();

    private final Map<String, RuleFunction> functions = new TreeMap<>();

    private Library() {
        MathFunctions.define(this::group);
    }

    /** The functions that come with the product. */
    public static Library standard() {
        return STANDARD;
    }

    /** Starts a group of functions. */
    private FunctionGroup group(String name) {
        return new FunctionGroup(name, this::add);
    }

    private void add(RuleFunction function) {
        if (functions.put(function.name(), function) != null) {
            throw new IllegalStateException(function.name() + " is defined twice.");
        }
    }

    /** Finds a function. Names are in lower case, and looked for as they are written. */
    public Optional<RuleFunction> find(String name) {
        return Optional.ofNullable(functions.get(name));
    }

    /** All functions, by name. */
    public Collection<RuleFunction> functions() {
        return Collections.unmodifiableCollection(functions.values());
    }
}
