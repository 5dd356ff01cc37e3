package io.millrace.cli.fit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.mqtt.table.SourceUid;
import io.millrace.rule.JobOperator;
import io.millrace.rule.OperatorUid;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class StateFitTest {
    private static final String TEMP = source("devices/+/temp", "plant-00000001");
    private static final String WINDOW = window("averages", "aaaaaaaaaaaa");

    @Test
    void takesOverWhatHasTheSameUid() {
        StateFit fit = fit(List.of(saved(TEMP), saved(WINDOW)), planned(TEMP), planned(WINDOW));
        assertThat(fit.taken()).hasSize(2);
        assertThat(fit.isWhole()).isTrue();
        assertThat(fit.leavesState()).isFalse();
    }

    @Test
    void namesTheRuleWhoseWindowsMeanSomethingElseNow() {
        StateFit fit =
                fit(
                        List.of(saved(WINDOW, 3)),
                        planned(window("averages", "bbbbbbbbbbbb"), "averages"));
        assertThat(fit.losses())
                .containsExactly(
                        new StateFit.Loss(
                                List.of("averages"),
                                false,
                                "GlobalWindowAggregate",
                                "3 open windows"));
    }

    @Test
    void saysThatTheRuleIsGone() {
        StateFit fit = fit(List.of(saved(WINDOW, 1)), planned(window("other", "bbbbbbbbbbbb")));
        assertThat(fit.losses()).hasSize(1);
        assertThat(fit.losses().get(0).ruleIsGone()).isTrue();
        assertThat(fit.losses().get(0).holds()).isEqualTo("1 open window");
    }

    @Test
    void missesNoWindowsOfWhichNoneIsOpen() {
        StateFit fit = fit(List.of(saved(WINDOW, 0)));
        assertThat(fit.isWhole()).isTrue();
        assertThat(fit.leavesState()).isTrue();
    }

    @Test
    void doesNotEvenMentionOperatorsWithoutState() {
        StateFit fit =
                fit(
                        List.of(
                                new SavedOperator(
                                        id(WINDOW),
                                        Optional.of(WINDOW),
                                        Optional.empty(),
                                        0,
                                        OptionalLong.empty())));
        assertThat(fit.leavesState()).isFalse();
    }

    @Test
    void followsARuleThatHasAnotherNameNow() {
        String renamed = window("means", "aaaaaaaaaaaa");
        StateFit fit = fit(List.of(saved(WINDOW, 3)), planned(renamed, "means"));
        assertThat(fit.isWhole()).isTrue();
        assertThat(fit.moves()).hasSize(1);
        assertThat(fit.moves().get(0).to().uid()).isEqualTo(renamed);
    }

    @Test
    void doesNotGuessWhichOfTwoRulesWasRenamed() {
        StateFit fit =
                fit(
                        List.of(saved(WINDOW, 3)),
                        planned(window("a", "aaaaaaaaaaaa"), "a"),
                        planned(window("b", "aaaaaaaaaaaa"), "b"));
        assertThat(fit.losses()).hasSize(1);
    }

    @Test
    void movesTheSessionsOfARuleThatReadsAnotherTopicNow() {
        String other = source("plant/+/temp", "plant-00000002");
        StateFit fit =
                fit(
                        List.of(saved(TEMP), saved(writer("temp"))),
                        planned(other, "temp"),
                        planned(writer("temp"), "temp"));
        assertThat(fit.moves()).hasSize(1);
        assertThat(fit.moves().get(0).to().uid()).isEqualTo(other);
        assertThat(fit.leftovers()).isEmpty();
    }

    @Test
    void givesNoRuleTheMessagesOfAnother() {
        StateFit fit =
                fit(
                        List.of(saved(TEMP), saved(writer("temp"))),
                        planned(source("plant/+/hum", "plant-00000002"), "hum"),
                        planned(writer("hum"), "hum"));
        assertThat(fit.moves())
                .as("but the keys of the table that both write")
                .extracting(move -> move.from().uid().orElseThrow())
                .containsExactly(writer("temp"));
        assertThat(fit.isWhole()).isTrue();
        assertThat(fit.leftovers().get(0).note())
                .contains("Topic 'devices/+/temp' is read no more", "plant-00000001-0");
    }

    @Test
    void keepsApartSessionsOfTwoBrokers() {
        String other = new SourceUid("second", "plant/+/temp", "plant-00000002").text();
        StateFit fit =
                fit(
                        List.of(saved(TEMP), saved(writer("temp"))),
                        planned(other, "temp"),
                        planned(writer("temp"), "temp"));
        assertThat(fit.moves()).isEmpty();
    }

    @Test
    void missesRowsThatWaitForACheckpointOnlyIfTheJobDidNotEndWell() {
        String committer = new OperatorUid(List.of("a"), "t: Committer", "").text();
        assertThat(StateFit.of(List.of(saved(committer)), List.of(), true).isWhole()).isTrue();
        assertThat(StateFit.of(List.of(saved(committer)), List.of(), false).losses().get(0).holds())
                .startsWith("rows that were to be written");
    }

    @Test
    void missesStateOfWhichItKnowsNothing() {
        SavedOperator unknown =
                new SavedOperator(
                        "0123456789abcdef0123456789abcdef",
                        Optional.empty(),
                        Optional.of("GroupAggregate[7]"),
                        10,
                        OptionalLong.empty());
        StateFit fit = fit(List.of(unknown));
        assertThat(fit.losses())
                .containsExactly(
                        new StateFit.Loss(List.of(), false, "GroupAggregate[7]", "running totals"));
    }

    private static StateFit fit(List<SavedOperator> saved, JobOperator... planned) {
        return StateFit.of(saved, List.of(planned), true);
    }

    private static String source(String topic, String clientIds) {
        return new SourceUid("mqtt", topic, clientIds).text();
    }

    private static String window(String rule, String meaning) {
        return new OperatorUid(List.of(rule), "GlobalWindowAggregate", meaning).text();
    }

    private static String writer(String rule) {
        return new OperatorUid(List.of(rule), "tdengine.db.t: Writer", "").text();
    }

    private static SavedOperator saved(String uid) {
        return new SavedOperator(
                id(uid), Optional.of(uid), Optional.empty(), 10, OptionalLong.empty());
    }

    private static SavedOperator saved(String uid, long entries) {
        return new SavedOperator(
                id(uid), Optional.of(uid), Optional.empty(), 10, OptionalLong.of(entries));
    }

    private static JobOperator planned(String uid, String... rules) {
        return new JobOperator(id(uid), uid, List.of(rules));
    }

    private static String id(String uid) {
        return Integer.toHexString(uid.hashCode());
    }
}
