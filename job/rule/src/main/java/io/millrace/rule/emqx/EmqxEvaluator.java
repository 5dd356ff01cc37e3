package io.millrace.rule.emqx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Evaluates a rule on messages. Used by one thread. */
public final class EmqxEvaluator {
    private final Program program;
    private final RowShape shape;
    private final Frame frame;

    EmqxEvaluator(Compiler compiler) {
        program = compiler.program();
        shape = compiler.shape();
        frame = new Frame(compiler.resources().slots(), compiler.resources().plan());
    }

    /**
     * Evaluates the rule. Whether the message is of a source of the rule is not asked.
     *
     * @param rows gets each row, in order; none if the rule fails
     * @throws EmqxException if the rule fails
     */
    public Outcome evaluate(EmqxMessage message, Consumer<Map<String, Object>> rows) {
        frame.begin(message);
        if (program.foreach() == null) {
            return program.run(frame, each -> rows.accept(shape.row(each)));
        }
        List<Map<String, Object>> all = new ArrayList<>();
        Outcome outcome = program.run(frame, each -> all.add(shape.row(each)));
        all.forEach(rows);
        return outcome;
    }
}
