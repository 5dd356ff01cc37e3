package io.millrace.functions.library;

import java.util.List;
import java.util.Optional;

/**
 * One function: its name, what it takes, and what documents say of it. Immutable.
 *
 * @param name in lower case
 * @param group such as {@code math}
 * @param description one sentence
 * @param difference how the Flink function differs from EMQX's, or empty
 * @param deterministic whether equal arguments give equal answers
 * @param takesUndefined whether EMQX answers for undefined arguments
 * @param overloads by number of arguments
 * @param examples calls and their answers, which tests run
 */
public record RuleFunction(
        String name,
        String group,
        String description,
        String difference,
        boolean deterministic,
        boolean takesUndefined,
        List<Overload> overloads,
        List<Example> examples) {

    /**
     * A call and its answer.
     *
     * @param call as the EMQX dialect writes it
     * @param answer as JSON, or null if it varies
     */
    public record Example(String call, String answer) {}

    /** Finds the overload for a number of arguments. */
    public Optional<Overload> overload(int arguments) {
        return overloads.stream().filter(overload -> overload.takes(arguments)).findFirst();
    }
}
