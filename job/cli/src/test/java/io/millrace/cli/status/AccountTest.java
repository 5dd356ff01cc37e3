package io.millrace.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AccountTest {
    private final RuleNumbers rule = new RuleNumbers("r");

    private AccountTest with(RuleMetric metric, long value) {
        return with(metric, value, "v");
    }

    private AccountTest with(RuleMetric metric, long value, String vertex) {
        rule.add(metric, value, vertex);
        return this;
    }

    private Account account() {
        return Account.of(rule);
    }

    private AccountTest plain() {
        return with(RuleMetric.RECEIVED, 100)
                .with(RuleMetric.UNDECODABLE, 3)
                .with(RuleMetric.MATCHED, 97)
                .with(RuleMetric.PASSED, 77)
                .with(RuleMetric.ROWS, 77)
                .with(RuleMetric.FILTERED, 20)
                .with(RuleMetric.WRITTEN, 60)
                .with(RuleMetric.COLLISIONS, 4)
                .with(RuleMetric.DEAD_LETTERS, 2)
                .with(RuleMetric.IN_FLIGHT, 11);
    }

    @Test
    void bothSidesAreEqualWhenEachMessageIsSomewhere() {
        Account account = plain().account();
        assertThat(account.isClaimed()).isTrue();
        assertThat(account.deadLetters()).isEqualTo(5);
        assertThat(account.accounted()).isEqualTo(100);
        assertThat(account.balances()).isTrue();
    }

    @Test
    void whatIsNowhereIsTheDifference() {
        Account account = plain().with(RuleMetric.RECEIVED, 7).account();
        assertThat(account.difference()).isEqualTo(7);
        assertThat(account.balances()).isFalse();
    }

    @Test
    void aMessageThatTwoTopicsBringIsReceivedOnce() {
        Account account =
                plain().with(RuleMetric.RECEIVED, 40).with(RuleMetric.ELSEWHERE, 40).account();
        assertThat(account.received()).isEqualTo(100);
        assertThat(account.balances()).isTrue();
    }

    @Test
    void rowsOfACheckpointAreInFlightUntilTheyAreCommitted() {
        Account account =
                plain().with(RuleMetric.FROZEN, 30)
                        .with(RuleMetric.THAWED, 21)
                        .with(RuleMetric.RECEIVED, 9)
                        .with(RuleMetric.MATCHED, 9)
                        .with(RuleMetric.PASSED, 9)
                        .with(RuleMetric.ROWS, 9)
                        .account();
        assertThat(account.inFlight()).isEqualTo(11 + 9);
        assertThat(account.balances()).isTrue();
    }

    @Test
    void recordsBetweenTwoTasksAreInFlight() {
        RuleNumbers apart = new RuleNumbers("apart");
        apart.add(RuleMetric.RECEIVED, 50, "source");
        apart.add(RuleMetric.MATCHED, 48, "rule");
        apart.add(RuleMetric.PASSED, 48, "rule");
        apart.add(RuleMetric.ROWS, 48, "rule");
        apart.add(RuleMetric.WRITTEN, 40, "sink");
        apart.add(RuleMetric.IN_FLIGHT, 3, "sink");
        apart.addRecordsIntoSink(43);
        Account account = Account.of(apart);
        assertThat(account.inFlight()).isEqualTo(3 + 2 + 5);
        assertThat(account.balances()).isTrue();
    }

    @Test
    void isNotClaimedWhereAMessageIsNotOneRow() {
        assertThat(plain().with(RuleMetric.EXPANDED, 1).account().noClaim()).contains("lists");
    }

    @Test
    void isNotClaimedWhereARuleMakesSeveralRows() {
        assertThat(plain().with(RuleMetric.ROWS, 1).account().noClaim()).contains("several rows");
    }

    @Test
    void isNotClaimedWhereATemplateWritesSeveralRows() {
        assertThat(plain().with(RuleMetric.ROWS_PER_RECORD, 2).account().noClaim())
                .contains("several rows for each");
    }

    @Test
    void isNotClaimedOfWindows() {
        with(RuleMetric.RECEIVED, 100).with(RuleMetric.WRITTEN, 4);
        assertThat(account().isClaimed()).isFalse();
        assertThat(account().noClaim()).contains("several messages");
    }
}
