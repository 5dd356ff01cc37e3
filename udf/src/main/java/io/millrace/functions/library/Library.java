package io.millrace.functions.library;

import java.time.Clock;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** All functions by name. Immutable; any number of threads may use it. */
public final class Library {
    private static final Library STANDARD = new Library(ZoneId::systemDefault, Clock.systemUTC());

    private final Map<String, RuleFunction> functions = new TreeMap<>();

    private Library(Supplier<ZoneId> zone, Clock clock) {
        OperatorFunctions.define(this::group);
        MathFunctions.define(this::group);
        BitFunctions.define(this::group);
        JudgementFunctions.define(this::group);
        ConversionFunctions.define(this::group);
        TextFunctions.define(this::group);
        SearchFunctions.define(this::group);
        JoinFunctions.define(this::group);
        RegexFunctions.define(this::group);
        MapFunctions.define(this::group);
        ArrayFunctions.define(this::group);
        HashFunctions.define(this::group);
        CompressionFunctions.define(this::group);
        EncodingFunctions.define(this::group);
        JqFunctions.define(this::group);
        DateTimeFunctions.define(this::group, zone, clock);
        ConditionalFunctions.define(this::group);
        EnvironmentFunctions.define(this::group);
    }

    /**
     * The functions that come with the product. Local time is that of the machine where a call is
     * prepared.
     */
    public static Library standard() {
        return STANDARD;
    }

    /** The same, but with another local time zone. */
    public static Library in(ZoneId local) {
        return in(local, Clock.systemUTC());
    }

    /** The same, but with another local time zone and clock. */
    public static Library in(ZoneId local, Clock clock) {
        return new Library(() -> local, clock);
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

    /**
     * Says of a function of EMQX that is not here why, and what to use instead.
     *
     * @return empty for all other names
     */
    public Optional<String> reasonAgainst(String name) {
        return NotApplicable.reason(name);
    }

    /** The functions of EMQX that are not here, in order. */
    public Collection<String> notApplicable() {
        return NotApplicable.names();
    }

    /** All functions, by name. */
    public Collection<RuleFunction> functions() {
        return Collections.unmodifiableCollection(functions.values());
    }
}
