package io.millrace.rule.operator;

import io.millrace.functions.library.Library;
import io.millrace.rule.emqx.EmqxEvaluator;
import io.millrace.rule.emqx.EmqxMessage;
import io.millrace.rule.emqx.EmqxRowEvaluator;
import io.millrace.rule.emqx.EmqxRule;
import io.millrace.rule.emqx.Mode;
import io.millrace.rule.emqx.Outcome;
import io.millrace.rule.emqx.RowConsumer;
import java.util.List;

/** Evaluates a rule and gives what its columns take, in their order. Used by one thread. */
@FunctionalInterface
interface Evaluation {
    /** A rule's whole output, where a topic gets no payload by name. */
    String PAYLOAD = "payload";

    /**
     * Evaluates a message.
     *
     * @throws io.millrace.rule.emqx.EmqxException if the rule fails; then there are no rows
     */
    Outcome of(EmqxMessage message);

    /**
     * Makes the evaluation of a plan.
     *
     * @param rows gets each row, in an array that is used again
     */
    static Evaluation of(EmqxFunction.Plan plan, RowConsumer rows) {
        EmqxRule rule =
                EmqxRule.compile(plan.sql(), Mode.CHECKED, Library.in(plan.zone(), plan.clock()));
        List<String> names = plan.columns().stream().map(OutputColumn::name).toList();
        if (!plan.wholeAsPayload()) {
            EmqxRowEvaluator evaluator = rule.evaluator(names);
            return message -> evaluator.evaluate(message, rows);
        }
        EmqxEvaluator evaluator = rule.evaluator();
        Object[] values = new Object[names.size()];
        return message ->
                evaluator.evaluate(
                        message,
                        output -> {
                            for (int i = 0; i < values.length; i++) {
                                String name = names.get(i);
                                values[i] = name.equals(PAYLOAD) ? output : output.get(name);
                            }
                            rows.row(values);
                        });
    }
}
