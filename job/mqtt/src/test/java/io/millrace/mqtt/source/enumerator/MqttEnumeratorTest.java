package io.millrace.mqtt.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.Problems;
import io.millrace.mqtt.MqttOptions;
import io.millrace.mqtt.client.ClientIds;
import io.millrace.mqtt.source.MqttSourceSettings;
import io.millrace.mqtt.source.split.MqttSplit;
import io.millrace.mqtt.source.split.SessionEvent;
import io.millrace.mqtt.source.split.UnconfirmedMessages;
import java.util.List;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.testutils.source.reader.TestingSplitEnumeratorContext;
import org.junit.jupiter.api.Test;

class MqttEnumeratorTest {
    private static final String SHARED = "$share/g/a/#";

    @Test
    void givesEachSessionToOneReaderWhenAllHaveRegistered() {
        TestingSplitEnumeratorContext<MqttSplit> context = new TestingSplitEnumeratorContext<>(2);
        MqttEnumerator enumerator = enumerator(context, settings(SHARED, 3), List.of());
        register(context, enumerator, 0);
        assertThat(context.getSplitAssignments()).isEmpty();
        register(context, enumerator, 1);

        assertThat(assigned(context, 0)).containsExactly(id(SHARED, 0), id(SHARED, 2));
        assertThat(assigned(context, 1)).containsExactly(id(SHARED, 1));
    }

    @Test
    void aPlainFilterHasOneSessionWhateverTheParallelism() {
        TestingSplitEnumeratorContext<MqttSplit> context = new TestingSplitEnumeratorContext<>(3);
        MqttEnumerator enumerator = enumerator(context, settings("a/#", 1), List.of());
        for (int subtask = 0; subtask < 3; subtask++) {
            register(context, enumerator, subtask);
        }

        assertThat(assigned(context, 0)).containsExactly(id("a/#", 0));
        assertThat(context.getSplitAssignments()).hasSize(1);
    }

    @Test
    void aReaderThatFailedGetsItsSessionAgainAndOthersKeepTheirs() {
        TestingSplitEnumeratorContext<MqttSplit> context = new TestingSplitEnumeratorContext<>(2);
        MqttEnumerator enumerator = enumerator(context, settings(SHARED, 2), List.of());
        register(context, enumerator, 0);
        register(context, enumerator, 1);
        enumerator.addSplitsBack(List.of(new MqttSplit(id(SHARED, 1), SHARED)), 1);
        enumerator.addReader(1);

        assertThat(assigned(context, 0)).containsExactly(id(SHARED, 0));
        assertThat(assigned(context, 1)).containsExactly(id(SHARED, 1), id(SHARED, 1));
    }

    @Test
    void sessionsThatAreGivenUpAreHandedOutWhenAllWantedOnesHaveSubscribed() {
        TestingSplitEnumeratorContext<MqttSplit> context = new TestingSplitEnumeratorContext<>(1);
        MqttEnumerator enumerator =
                enumerator(
                        context,
                        settings(SHARED, 2),
                        List.of(
                                new MqttSplit(id(SHARED, 1), SHARED),
                                new MqttSplit(id(SHARED, 2), SHARED),
                                new MqttSplit(id("b", 0), "b")));
        register(context, enumerator, 0);
        enumerator.handleSourceEvent(0, new SessionEvent.Subscribed(id(SHARED, 1)));
        assertThat(assigned(context, 0)).containsExactly(id(SHARED, 0), id(SHARED, 1));
        enumerator.handleSourceEvent(0, new SessionEvent.Subscribed(id(SHARED, 0)));

        assertThat(context.getSplitAssignments().get(0).getAssignedSplits())
                .filteredOn(MqttSplit::draining)
                .extracting(MqttSplit::clientId)
                .containsExactlyInAnyOrder(id(SHARED, 2), id("b", 0));
        assertThat(assigned(context, 0)).hasSize(4);
    }

    @Test
    void aSessionThatHasEndedIsForgottenUntilAnOlderCheckpointTellsOfIt() {
        TestingSplitEnumeratorContext<MqttSplit> context = new TestingSplitEnumeratorContext<>(1);
        MqttSplit old = new MqttSplit(id("b", 0), "b");
        MqttEnumerator enumerator = enumerator(context, settings("a", 1), List.of(old));
        register(context, enumerator, 0);
        enumerator.handleSourceEvent(0, new SessionEvent.Subscribed(id("a", 0)));
        enumerator.handleSourceEvent(0, new SessionEvent.Ended(id("b", 0)));
        assertThat(state(enumerator)).containsExactly(id("a", 0));

        register(context, enumerator, 0, new MqttSplit(id("a", 0), "a"), old.draining(true));
        assertThat(state(enumerator)).containsExactly(id("a", 0), id("b", 0));
        assertThat(assigned(context, 0))
                .containsExactly(id("a", 0), id("b", 0), id("a", 0), id("b", 0));
    }

    @Test
    void aSessionThatWasGivenUpIsWantedAgainIfTheSettingsAskForIt() {
        TestingSplitEnumeratorContext<MqttSplit> context = new TestingSplitEnumeratorContext<>(1);
        MqttSplit restored = new MqttSplit(id("a", 0), "a").at(7, unconfirmed(3)).draining(true);
        MqttEnumerator enumerator = enumerator(context, settings("a", 1), List.of(restored));
        register(context, enumerator, 0);

        assertThat(context.getSplitAssignments().get(0).getAssignedSplits())
                .containsExactly(restored.draining(false));
    }

    @Test
    void whatAReaderReportsIsNewerThanTheEnumeratorsOwnState() {
        TestingSplitEnumeratorContext<MqttSplit> context = new TestingSplitEnumeratorContext<>(1);
        MqttSplit split = new MqttSplit(id("a", 0), "a");
        MqttEnumerator enumerator =
                enumerator(context, settings("a", 1), List.of(split.at(1, unconfirmed(1))));
        register(context, enumerator, 0, split.at(2, unconfirmed(2)));

        assertThat(context.getSplitAssignments().get(0).getAssignedSplits())
                .containsExactly(split.at(2, unconfirmed(2)));
        // The reader keeps it now.
        assertThat(enumerator.snapshotState(1).sessions()).containsExactly(split);
    }

    @Test
    void sessionsWithAnotherPrefixAreLeftAlone() {
        TestingSplitEnumeratorContext<MqttSplit> context = new TestingSplitEnumeratorContext<>(1);
        String foreign = ClientIds.of("other", "a", 0);
        MqttEnumerator enumerator =
                enumerator(context, settings("a", 1), List.of(new MqttSplit(foreign, "a")));
        register(context, enumerator, 0);
        enumerator.handleSourceEvent(0, new SessionEvent.Subscribed(id("a", 0)));

        assertThat(assigned(context, 0)).containsExactly(id("a", 0));
        assertThat(state(enumerator)).containsExactly(id("a", 0));
    }

    @Test
    void aSessionThatAnotherSourceReadsIsNotGivenUp() {
        MqttEnumerator other =
                enumerator(new TestingSplitEnumeratorContext<>(1), settings("b", 1), List.of());
        other.start();
        TestingSplitEnumeratorContext<MqttSplit> context = new TestingSplitEnumeratorContext<>(1);
        MqttSplit swapped = new MqttSplit(id("b", 0), "b");
        MqttEnumerator enumerator = enumerator(context, settings("a", 1), List.of(swapped));
        enumerator.start();
        register(context, enumerator, 0);
        enumerator.handleSourceEvent(0, new SessionEvent.Subscribed(id("a", 0)));

        assertThat(assigned(context, 0)).containsExactly(id("a", 0));
        other.close();
        enumerator.close();
    }

    @Test
    void aRestoreAtAnotherParallelismGivesEachSessionOut() {
        TestingSplitEnumeratorContext<MqttSplit> context = new TestingSplitEnumeratorContext<>(2);
        MqttEnumerator enumerator = enumerator(context, settings(SHARED, 2), List.of());
        MqttSplit surplus = new MqttSplit(id(SHARED, 2), SHARED);
        register(context, enumerator, 0);
        register(context, enumerator, 1, new MqttSplit(id(SHARED, 0), SHARED), surplus);
        enumerator.handleSourceEvent(0, new SessionEvent.Subscribed(id(SHARED, 0)));
        enumerator.handleSourceEvent(1, new SessionEvent.Subscribed(id(SHARED, 1)));

        assertThat(assigned(context, 0)).containsExactly(id(SHARED, 0), id(SHARED, 2));
        assertThat(assigned(context, 1)).containsExactly(id(SHARED, 1));
    }

    private static List<String> state(MqttEnumerator enumerator) {
        return enumerator.snapshotState(1).sessions().stream().map(MqttSplit::clientId).toList();
    }

    private static UnconfirmedMessages unconfirmed(int packetId) {
        return new UnconfirmedMessages(new char[] {(char) packetId}, new long[] {packetId});
    }

    private static MqttEnumerator enumerator(
            TestingSplitEnumeratorContext<MqttSplit> context,
            MqttSourceSettings settings,
            List<MqttSplit> restored) {
        return new MqttEnumerator(context, settings, new MqttEnumeratorState(restored));
    }

    private static void register(
            TestingSplitEnumeratorContext<MqttSplit> context,
            MqttEnumerator enumerator,
            int subtask,
            MqttSplit... reported) {
        context.registeredReaders()
                .put(subtask, ReaderInfo.createReaderInfo(subtask, "host", List.of(reported)));
        enumerator.addReader(subtask);
    }

    private static List<String> assigned(
            TestingSplitEnumeratorContext<MqttSplit> context, int subtask) {
        return context.getSplitAssignments().get(subtask).getAssignedSplits().stream()
                .map(MqttSplit::clientId)
                .toList();
    }

    private static String id(String topic, int number) {
        return ClientIds.of("p", topic, number);
    }

    private static MqttSourceSettings settings(String topic, int sessions) {
        Configuration options = new Configuration();
        options.set(MqttOptions.URL, "tcp://h:1883");
        options.set(MqttOptions.TOPIC, topic);
        options.set(MqttOptions.CLIENT_ID_PREFIX, "p");
        options.set(MqttOptions.SCAN_SESSIONS, sessions);
        return MqttSourceSettings.read(options, null, new Problems());
    }
}
