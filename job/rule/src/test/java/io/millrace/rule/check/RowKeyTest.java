package io.millrace.rule.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.rule.Problem.Severity;
import io.millrace.rule.payload.Origin;
import io.millrace.tdengine.client.TimePrecision;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RowKeyTest {
    private static final Origin CLOCK = new Origin(Set.of("NOW_TIMESTAMP"), Set.of(), null, null);
    private static final Origin PAYLOAD = new Origin(Set.of(), Set.of("payload.ts"), null, null);
    private static final Origin DEVICE = new Origin(Set.of(), Set.of("clientid"), null, null);
    private static final Origin CONSTANT = new Origin(Set.of(), Set.of(), "all", Origin.Kind.TEXT);

    @Test
    void theClockInATableOfManyDevicesLosesRows() {
        assertThat(severities(key(CLOCK, "millisecond", null)))
                .containsExactly(Severity.WARNING, Severity.NOTE);
        assertThat(key(CLOCK, "second", null).findings().get(0).message())
                .startsWith("Two messages in one second are one row: all devices write this one");
    }

    @Test
    void aSubTableForEachDeviceKeepsThemApart() {
        assertThat(severities(key(CLOCK, "millisecond", List.of(Optional.of(DEVICE)))))
                .containsExactly(Severity.NOTE);
        assertThat(key(CLOCK, "millisecond", List.of(Optional.of(CONSTANT))).findings().get(0))
                .isEqualTo(
                        Finding.warning(
                                "Two messages in one millisecond are one row: the name of the sub-table is the same for all devices.",
                                "Use a super table with a sub-table for each device, or 'sink.timestamp-collision' = 'shift'."));
        assertThat(severities(key(CLOCK, "millisecond", List.of(Optional.empty()))))
                .as("it is not known what the name is made of")
                .containsExactly(Severity.NOTE);
    }

    @Test
    void theCoarserOfUnitAndDatabaseCounts() {
        assertThat(
                        severities(
                                new RowKey(
                                        Optional.of(CLOCK),
                                        Optional.of("nanosecond"),
                                        Optional.of(TimePrecision.MILLISECOND),
                                        Optional.empty(),
                                        false,
                                        false,
                                        false,
                                        false)))
                .contains(Severity.WARNING);
        assertThat(severities(key(CLOCK, "nanosecond", null))).containsExactly(Severity.NOTE);
    }

    @Test
    void aTimeOfTheMessageIsNoMatter() {
        assertThat(key(PAYLOAD, "millisecond", null).findings()).isEmpty();
    }

    @Test
    void aSecondKeyAShiftExactlyOnceAndAJournalChangeIt() {
        assertThat(severities(changed(true, false, false, false))).containsExactly(Severity.NOTE);
        assertThat(severities(changed(false, true, false, false))).containsExactly(Severity.NOTE);
        assertThat(severities(changed(false, false, false, true)))
                .containsExactly(Severity.WARNING);
        Origin arrival = new Origin(Set.of(), Set.of("received_at"), null, null);
        assertThat(
                        severities(
                                new RowKey(
                                        Optional.of(arrival),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.of(List.of(Optional.of(DEVICE))),
                                        false,
                                        false,
                                        true,
                                        false)))
                .isEmpty();
    }

    private static RowKey changed(
            boolean second, boolean shifted, boolean journal, boolean exactlyOnce) {
        return new RowKey(
                Optional.of(CLOCK),
                Optional.of("millisecond"),
                Optional.of(TimePrecision.NANOSECOND),
                Optional.empty(),
                second,
                shifted,
                journal,
                exactlyOnce);
    }

    private static RowKey key(Origin time, String unit, List<Optional<Origin>> subTables) {
        return new RowKey(
                Optional.of(time),
                Optional.of(unit),
                Optional.of(TimePrecision.NANOSECOND),
                Optional.ofNullable(subTables),
                false,
                false,
                false,
                false);
    }

    private static List<Severity> severities(RowKey key) {
        return key.findings().stream().map(Finding::severity).toList();
    }
}
