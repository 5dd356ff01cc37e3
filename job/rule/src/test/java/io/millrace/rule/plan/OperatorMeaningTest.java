package io.millrace.rule.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OperatorMeaningTest {
    @Test
    void leavesOutTheConditionOfAFilterAndWhatOtherRulesNumber() {
        assertThat(
                        OperatorMeaning.canonical(
                                "[12]:Calc(select=[payload.temp AS $f1, clientid], where=[(millrace_count_3((payload.temp > 20)) AND (x = 'a]('))])"))
                .isEqualTo("Calc(select=[payload.temp AS $f1, clientid])");
        assertThat(OperatorMeaning.canonical("[3]:Correlate(invocation=[millrace_rule_2($0)])"))
                .isEqualTo("Correlate(invocation=[millrace_rule_($0)])");
    }

    @Test
    void doesNotMindAtWhichPlaceOfTheSelectAnAggregateStands() {
        assertThat(OperatorMeaning.canonical("[3]:GroupAggregate(select=[a, SUM($1) AS EXPR$12])"))
                .isEqualTo("GroupAggregate(select=[a, SUM($1) AS EXPR$])");
    }

    @Test
    void keepsTheConditionOfAJoin() {
        assertThat(OperatorMeaning.canonical("[3]:Join(where=[(a = b)], select=[a])"))
                .isEqualTo("Join(where=[(a = b)], select=[a])");
    }

    @Test
    void keepsAConditionInsideAnExpression() {
        assertThat(OperatorMeaning.canonical("[3]:Calc(select=[f('where=[1]') AS x])"))
                .isEqualTo("Calc(select=[f('where=[1]') AS x])");
    }

    @Test
    void changesWithTypesAndWithWhatComesBefore() {
        String meaning = OperatorMeaning.of("A", List.of(new byte[] {1}), List.of("x"));
        assertThat(meaning)
                .hasSize(12)
                .isEqualTo(OperatorMeaning.of("[7]:A", List.of(new byte[] {1}), List.of("x")))
                .isNotEqualTo(OperatorMeaning.of("A", List.of(new byte[] {2}), List.of("x")))
                .isNotEqualTo(OperatorMeaning.of("A", List.of(new byte[] {1}), List.of("y")))
                .isNotEqualTo(OperatorMeaning.of("B", List.of(new byte[] {1}), List.of("x")));
    }
}
