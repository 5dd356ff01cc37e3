package io.millrace.rule.emqx;

import java.util.ArrayList;
import java.util.List;

/** Evaluates a rule on messages, for those who want certain outputs by position. One thread. */
public final class EmqxRowEvaluator {
    private final Program program;
    private final Frame frame;
    private final Code[] outputs;
    private final Object[] row;
    private final List<Object[]> rows = new ArrayList<>();
    private RowConsumer consumer;

    /** Made once, so that a message costs none. */
    private final Program.Rows direct;

    private final Program.Rows collecting;

    EmqxRowEvaluator(Compiler compiler, List<String> wanted) {
        program = compiler.program();
        outputs = compiler.shape().columns(wanted);
        frame = new Frame(compiler.resources().slots(), compiler.resources().plan());
        row = new Object[outputs.length];
        direct =
                each -> {
                    fill(row);
                    consumer.row(row);
                };
        collecting =
                each -> {
                    Object[] values = new Object[outputs.length];
                    fill(values);
                    rows.add(values);
                };
    }

    /**
     * Evaluates the rule. Whether the message is of a source of the rule is not asked.
     *
     * @param consumer gets each row, in order; none if the rule fails
     * @throws EmqxException if the rule fails
     */
    public Outcome evaluate(EmqxMessage message, RowConsumer consumer) {
        frame.begin(message);
        if (program.foreach() == null) {
            this.consumer = consumer;
            return program.run(frame, direct);
        }
        rows.clear();
        Outcome outcome = program.run(frame, collecting);
        rows.forEach(consumer::row);
        rows.clear();
        return outcome;
    }

    private void fill(Object[] values) {
        for (int i = 0; i < outputs.length; i++) {
            values[i] = outputs[i].run(frame);
        }
    }
}
