package io.millrace.rule.emqx;

import io.millrace.functions.value.FunctionException;
import java.util.List;

/**
 * A compiled rule. Used by one thread.
 *
 * @param foreach how the rule iterates, or null for SELECT
 * @param where the condition, or null
 */
record Program(Assignment[] fields, Code where, Iteration foreach) {

    /**
     * The part of a rule behind FOREACH.
     *
     * @param collection the slot of the array
     * @param element the slot of the element, or -1 if nothing can read it
     * @param incase the condition, or null
     * @param output the assignments behind DO
     */
    record Iteration(int collection, int element, Code incase, Assignment[] output) {}

    /** Takes the frame whenever it holds a row. */
    @FunctionalInterface
    interface Rows {
        void add(Frame frame);
    }

    /**
     * Evaluates the rule.
     *
     * @throws EmqxException if it fails; rows that were added before are void
     */
    Outcome run(Frame frame, Rows rows) {
        Phase phase = foreach == null ? Phase.SELECT : Phase.FOREACH;
        try {
            for (Assignment field : fields) {
                field.run(frame);
            }
            phase = Phase.WHERE;
            if (where != null && !holds(where, frame)) {
                return Outcome.NO_RESULT;
            }
        } catch (FunctionException e) {
            throw new EmqxException(phase, e);
        }
        if (foreach != null) {
            return iterate(frame, rows);
        }
        rows.add(frame);
        return Outcome.PASSED;
    }

    private Outcome iterate(Frame frame, Rows rows) {
        Outcome outcome = Outcome.NO_RESULT;
        if (frame.slots[foreach.collection()] instanceof List<?> list) {
            Phase phase = Phase.INCASE;
            try {
                for (Object item : list) {
                    if (foreach.element() >= 0) {
                        frame.slots[foreach.element()] = item;
                    }
                    phase = Phase.INCASE;
                    if (foreach.incase() == null || holds(foreach.incase(), frame)) {
                        phase = Phase.DO;
                        for (Assignment field : foreach.output()) {
                            field.run(frame);
                        }
                        rows.add(frame);
                        outcome = Outcome.PASSED;
                    }
                }
            } catch (FunctionException e) {
                throw new EmqxException(phase, e);
            }
        }
        return outcome;
    }

    private static boolean holds(Code condition, Frame frame) {
        return ExpressionCompiler.bool(condition.run(frame), "case_clause");
    }
}
