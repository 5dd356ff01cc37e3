package io.millrace.functions.library;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Defines the functions of a group. Used while the library is made. */
final class FunctionGroup {
    private final String group;
    private final Consumer<RuleFunction> library;

    FunctionGroup(String group, Consumer<RuleFunction> library) {
        this.group = group;
        this.library = library;
    }

    /** Starts a function. */
    Definition function(String name, String description) {
        return new Definition(name, description);
    }

    /** A function that is being defined; {@link #add} ends it. */
    final class Definition {
        private final String name;
        private final String description;
        private final List<Overload> overloads = new ArrayList<>();
        private final List<RuleFunction.Example> examples = new ArrayList<>();
        private String difference = "";
        private boolean deterministic = true;
        private boolean takesUndefined;

        private Definition(String name, String description) {
            this.name = name;
            this.description = description;
        }

        /** Adds an overload that gains nothing from known arguments. */
        Definition overload(Kind result, Body body, Parameter... parameters) {
            return prepared(result, constants -> body, parameters);
        }

        /** Adds an overload that compiles known arguments. */
        Definition prepared(
                Kind result, Overload.Preparation preparation, Parameter... parameters) {
            overloads.add(new Overload(name, List.of(parameters), false, result, preparation));
            return this;
        }

        /** Adds an overload whose last parameter may be repeated. */
        Definition variadic(
                Kind result, Overload.Preparation preparation, Parameter... parameters) {
            overloads.add(new Overload(name, List.of(parameters), true, result, preparation));
            return this;
        }

        /** Says how the Flink function differs. */
        Definition inFlink(String difference) {
            this.difference = difference;
            return this;
        }

        /** Equal arguments may give different answers. */
        Definition varies() {
            deterministic = false;
            return this;
        }

        /** Undefined is an argument like others. */
        Definition takesUndefined() {
            takesUndefined = true;
            return this;
        }

        /** Adds an example, with its answer as JSON. */
        Definition example(String call, String answer) {
            examples.add(new RuleFunction.Example(call, answer));
            return this;
        }

        /** Puts the function into the library. */
        void add() {
            library.accept(
                    new RuleFunction(
                            name,
                            group,
                            description,
                            difference,
                            deterministic,
                            takesUndefined,
                            List.copyOf(overloads),
                            List.copyOf(examples)));
        }
    }
}
