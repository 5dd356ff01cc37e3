package io.millrace.mqtt.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.Problems;
import io.millrace.mqtt.MqttOptions;
import io.millrace.mqtt.client.ClientIds;
import io.millrace.mqtt.source.MqttSourceSettings;
import io.millrace.mqtt.source.split.MqttSplit;
import java.util.List;
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
    void sessionsBeyondTheSettingsAreServedOnAndThoseOfAnotherTopicAreNot() {
        TestingSplitEnumeratorContext<MqttSplit> context = new TestingSplitEnumeratorContext<>(1);
        MqttEnumerator enumerator =
                enumerator(
                        context,
                        settings(SHARED, 1),
                        List.of(
                                new MqttSplit(id(SHARED, 1), SHARED),
                                new MqttSplit(id("b", 0), "b")));
        register(context, enumerator, 0);

        assertThat(assigned(context, 0)).containsExactly(id(SHARED, 0), id(SHARED, 1));
        assertThat(enumerator.snapshotState(1).sessions())
                .extracting(MqttSplit::clientId)
                .containsExactly(id(SHARED, 0), id(SHARED, 1));
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
            int subtask) {
        context.registerReader(subtask, "host");
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
