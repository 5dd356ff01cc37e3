package io.millrace.cli.fit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.mqtt.table.SourceUid;
import io.millrace.rule.JobOperator;
import io.millrace.rule.OperatorUid;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class FitReportTest {
    private static final String TEMP = source("devices/+/temp");
    private static final String HUM = source("devices/+/hum");
    private static final String WINDOW = operator("averages", "GlobalWindowAggregate", "a");

    @Test
    void putsWhatGoesOnWhatMovesWhatIsNewAndWhatIsLostInATable() {
        String renamed = operator("former", "Deduplicate", "b");
        String lost = operator("totals", "GroupAggregate", "c");
        List<JobOperator> planned =
                List.of(
                        planned(TEMP, "averages"),
                        planned(HUM, "extra"),
                        planned(WINDOW, "averages"),
                        planned(operator("newest", "Deduplicate", "b"), "newest"),
                        planned(operator("totals", "GroupAggregate", "d"), "totals"));
        StateFit fit =
                StateFit.of(
                        List.of(
                                saved(TEMP, -1),
                                saved(WINDOW, 3),
                                saved(renamed, 2),
                                saved(lost, 1)),
                        planned,
                        true);

        assertThat(FitReport.lines(fit, planned))
                .containsExactly(
                        "  goes on   sessions plant-01234567-* of topic 'devices/+/temp'",
                        "            3 open windows of rule 'averages'",
                        "  moves     2 keys with rows to compare with of rule 'former', now of rule"
                                + " 'newest'",
                        "  new       sessions plant-01234567-* of topic 'devices/+/hum'",
                        "  is lost   1 running total of rule 'totals'");
    }

    @Test
    void saysWhatAnotherTopicMeans() {
        StateFit fit =
                StateFit.of(
                        List.of(saved(TEMP, -1), saved(writer("averages"), -1)),
                        List.of(planned(HUM, "averages"), planned(writer("averages"), "averages")),
                        true);
        assertThat(FitReport.lines(fit, List.of()))
                .containsExactly(
                        "  moves     topic 'devices/+/temp' to 'devices/+/hum': what the broker"
                                + " still keeps for the former is read first to its end");
    }

    @Test
    void doesNotTellOfWhatIsOfNoInterest() {
        StateFit fit =
                StateFit.of(
                        List.of(saved(WINDOW, 0), saved(writer("averages"), -1)),
                        List.of(
                                planned(WINDOW, "averages"),
                                planned(writer("averages"), "averages")),
                        true);
        assertThat(fit.taken()).hasSize(2);
        assertThat(FitReport.lines(fit, List.of())).isEmpty();
    }

    @Test
    void givesTheReasonForEachLoss() {
        String both =
                new OperatorUid(List.of("b", "a"), "GlobalWindowAggregate", "aaaaaaaaaaaa").text();
        StateFit fit =
                StateFit.of(
                        List.of(saved(WINDOW, 1), saved(both, 2), unknown("Join[7]")),
                        List.of(planned(TEMP, "a")),
                        true);
        assertThat(FitReport.reasons(fit))
                .containsExactly(
                        "Rule 'averages' holds 1 open window, whose rows are not written yet, and"
                                + " the new version has no such rule.",
                        "Rules 'a', 'b' hold 2 open windows that the new version cannot read"
                                + " (GlobalWindowAggregate): their windows, keys, aggregates or"
                                + " joins, or the types of what goes into them, are others now.",
                        "Operator 'Join[7]' of the running job holds keys with rows that wait for"
                                + " their counterpart, and the new version has no such operator.");
    }

    private static String source(String topic) {
        return new SourceUid("mqtt", topic, "plant-01234567").text();
    }

    private static String operator(String rule, String kind, String digit) {
        return new OperatorUid(List.of(rule), kind, digit.repeat(12)).text();
    }

    private static String writer(String rule) {
        return new OperatorUid(List.of(rule), "tdengine.db.t: Writer", "").text();
    }

    private static SavedOperator saved(String uid, long entries) {
        return new SavedOperator(
                uid,
                Optional.of(uid),
                Optional.empty(),
                10,
                entries < 0 ? OptionalLong.empty() : OptionalLong.of(entries));
    }

    private static SavedOperator unknown(String name) {
        return new SavedOperator(
                name, Optional.empty(), Optional.of(name), 10, OptionalLong.empty());
    }

    private static JobOperator planned(String uid, String rule) {
        return new JobOperator(uid, uid, List.of(rule));
    }
}
