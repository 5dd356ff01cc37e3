package io.millrace.rule.trial;

import io.millrace.common.deadletter.DeadLetter;
import io.millrace.tdengine.sink.Rehearsal;
import io.millrace.tdengine.sink.RehearsedRow;
import java.util.List;

/** Tells what a rule would write into TDengine. */
record ToldStatements(TrialLog log, String rule) implements Rehearsal {
    private static final long serialVersionUID = 1L;

    @Override
    public void writes(String statement, List<RehearsedRow> rows) {
        log.write(
                new TrialEvent.Wrote(
                        rule,
                        statement,
                        rows.stream()
                                .map(
                                        row ->
                                                new TrialEvent.Row(
                                                        row.database(),
                                                        row.table(),
                                                        row.superTable(),
                                                        row.values()))
                                .toList()));
    }

    @Override
    public void executes(String statement) {
        log.write(new TrialEvent.Executed(rule, statement));
    }

    @Override
    public void keeps(DeadLetter letter) {
        log.write(new TrialEvent.Kept(rule, letter.origin(), letter.reason(), letter.details()));
    }

    @Override
    public void fails(String reason) {
        log.write(new TrialEvent.Broke(rule, reason));
    }
}
