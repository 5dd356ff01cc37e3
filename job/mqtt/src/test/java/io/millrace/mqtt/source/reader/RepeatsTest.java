package io.millrace.mqtt.source.reader;

import static io.millrace.mqtt.source.reader.Messages.again;
import static io.millrace.mqtt.source.reader.Messages.qos0;
import static io.millrace.mqtt.source.reader.Messages.qos1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.mqtt.client.ReceivedMessage;
import io.millrace.mqtt.source.split.UnconfirmedMessages;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RepeatsTest {
    private final Repeats repeats = new Repeats(UnconfirmedMessages.NONE);

    @Test
    void aRepetitionHasTheFlagThePacketIdAndTheContentOfAnEmittedMessage() {
        ReceivedMessage a = qos1(1, 1, "a");
        repeats.entered(a);

        assertThat(repeats.isRepeat(again(2, a))).isTrue();
        assertThat(repeats.isRepeat(qos1(2, 1, "a"))).isFalse();
        assertThat(repeats.isRepeat(again(2, qos1(2, 2, "a")))).isFalse();
        assertThat(repeats.isRepeat(again(2, qos1(2, 1, "b")))).isFalse();
        assertThat(repeats.isRepeat(again(2, qos0(2, "a")))).isFalse();
    }

    @Test
    void aPacketIdThatTheBrokerUsesTwiceStandsForBothMessages() {
        repeats.entered(qos1(1, 1, "a"));
        repeats.entered(qos1(1, 1, "b"));

        assertThat(repeats.isRepeat(again(2, qos1(1, 1, "a")))).isTrue();
        assertThat(repeats.isRepeat(again(2, qos1(1, 1, "b")))).isTrue();
    }

    @Test
    void aNewMessageEndsWhatEarlierConnectionsKnewOfItsPacketId() {
        repeats.entered(qos1(1, 1, "a"));
        repeats.entered(qos1(2, 1, "b"));

        assertThat(repeats.isRepeat(again(3, qos1(1, 1, "a")))).isFalse();
        assertThat(repeats.isRepeat(again(3, qos1(1, 1, "b")))).isTrue();
    }

    @Test
    void eachEntryStandsForOneRepetition() {
        ReceivedMessage a = qos1(1, 1, "a");
        repeats.entered(a);

        assertThat(repeats.isRepeat(again(2, a))).isTrue();
        assertThat(repeats.isRepeat(again(2, a))).isFalse();
    }

    @Test
    void aNewMessageThatIsLeftToTheBrokerIsNotTakenForAnEqualOneBefore() {
        repeats.entered(qos1(1, 1, "same"));
        repeats.acknowledged(1);
        repeats.passedOver(qos1(1, 1, "same"));

        assertThat(repeats.isRepeat(again(2, qos1(1, 1, "same")))).isFalse();
    }

    @Test
    void aRepetitionThatIsLeftToTheBrokerStaysARepetition() {
        ReceivedMessage a = qos1(1, 1, "a");
        repeats.entered(a);
        repeats.passedOver(again(2, a));

        assertThat(repeats.isRepeat(again(3, a))).isTrue();
    }

    @Test
    void whatTheBrokerHasConfirmedIsForgottenButNotWhatCameLaterWithItsPacketId() {
        repeats.entered(qos1(1, 1, "a"));
        repeats.entered(qos1(1, 2, "b"));
        repeats.entered(qos1(1, 3, "c"));
        repeats.entered(qos1(1, 1, "d"));
        repeats.confirmed(1, 2);

        assertThat(repeats.unconfirmed().count()).isEqualTo(2);
        assertThat(repeats.isRepeat(again(2, qos1(1, 1, "d")))).isTrue();
        assertThat(repeats.isRepeat(again(2, qos1(1, 3, "c")))).isTrue();
    }

    @Test
    void anAnswerOnANewConnectionSaysNothingOfTheOneBeforeWhileRepetitionsCome() {
        ReceivedMessage a = qos1(1, 1, "a");
        ReceivedMessage b = qos1(1, 2, "b");
        repeats.entered(a);
        repeats.entered(b);
        assertThat(repeats.isRepeat(again(2, a))).isTrue();
        repeats.entered(again(2, a));
        repeats.confirmed(2, 2);

        assertThat(repeats.hasOlder()).isTrue();
        assertThat(repeats.isRepeat(again(2, b))).isTrue();
    }

    @Test
    void olderEntriesGoWhenNoRepetitionsComeAnyMore() {
        repeats.entered(qos1(1, 1, "a"));
        repeats.entered(qos1(1, 2, "b"));
        repeats.isRepeat(again(2, qos1(1, 1, "a")));
        repeats.entered(again(2, qos1(1, 1, "a")));
        repeats.confirmed(2, 2);
        repeats.confirmed(2, 3);

        assertThat(repeats.hasOlder()).isFalse();
        assertThat(repeats.unconfirmed()).isEqualTo(UnconfirmedMessages.NONE);
    }

    @Test
    void olderEntriesStayWhenRepetitionsWereLeftToTheNextConnection() {
        ReceivedMessage a = qos1(1, 1, "a");
        repeats.entered(a);
        repeats.passedOver(again(2, a));
        repeats.confirmed(2, 1);
        repeats.confirmed(2, 1);

        assertThat(repeats.isRepeat(again(3, a))).isTrue();
    }

    @Test
    void anAnswerOfAnEarlierConnectionThatComesLateIsIgnored() {
        repeats.entered(qos1(1, 1, "a"));
        repeats.entered(qos1(2, 2, "b"));
        repeats.confirmed(1, 1);

        assertThat(repeats.unconfirmed().count()).isEqualTo(2);
    }

    @Test
    void aSessionThatTheBrokerLostLeavesNothingBehind() {
        repeats.entered(qos1(1, 1, "a"));
        repeats.sessionBegan(2);
        assertThat(repeats.unconfirmed()).isEqualTo(UnconfirmedMessages.NONE);
        repeats.entered(qos1(2, 2, "b"));

        assertThat(repeats.isRepeat(again(3, qos1(1, 1, "a")))).isFalse();
        assertThat(repeats.unconfirmed().count()).isEqualTo(1);
    }

    @Test
    void numbersOfTheLedgerBeginAfterTheRestoredEntries() {
        repeats.entered(qos1(1, 1, "a"));
        repeats.entered(qos1(1, 2, "b"));
        Repeats restored = new Repeats(repeats.unconfirmed());
        assertThat(restored.isRepeat(again(1, qos1(1, 1, "a")))).isTrue();
        restored.entered(again(1, qos1(1, 1, "a")));
        restored.entered(qos1(1, 3, "c"));
        restored.confirmed(1, 1);

        assertThat(restored.isRepeat(again(2, qos1(1, 1, "a")))).isFalse();
        assertThat(restored.isRepeat(again(2, qos1(1, 2, "b")))).isTrue();
        assertThat(restored.isRepeat(again(2, qos1(1, 3, "c")))).isTrue();
    }

    @Test
    void manyMessagesAreKnownAndTheOldestAreForgottenAtTheBound() {
        int count = RepeatTable.MOST + 1_000;
        for (int i = 0; i < count; i++) {
            repeats.entered(qos1(1, i % 65_535 + 1, String.valueOf(i)));
        }

        assertThat(repeats.unconfirmed().count()).isEqualTo(RepeatTable.MOST);
        int known = 0;
        for (int i = 0; i < count; i++) {
            ReceivedMessage message = qos1(1, i % 65_535 + 1, String.valueOf(i));
            known += repeats.isRepeat(again(2, message)) ? 1 : 0;
        }
        assertThat(known).isEqualTo(RepeatTable.MOST);
        assertThat(repeats.unconfirmed()).isEqualTo(UnconfirmedMessages.NONE);
    }

    @Test
    void theStateBringsItAllBack() {
        repeats.entered(qos1(1, 1, "a"));
        repeats.entered(qos1(1, 65_535, "b"));
        Repeats restored = new Repeats(repeats.unconfirmed());

        assertThat(restored.unconfirmed()).isEqualTo(repeats.unconfirmed());
        assertThat(restored.isRepeat(again(1, qos1(1, 1, "a")))).isTrue();
        assertThat(restored.isRepeat(again(1, qos1(1, 65_535, "b")))).isTrue();
    }

    /** The digest is in states of jobs: it must not change from release to release. */
    @Test
    void theDigestIsTheSameForEver() {
        assertThat(Digest.of("devices/7/temp", "{\"temp\":21.5}".getBytes(UTF_8)))
                .isEqualTo(0x89C1_A0FC_FA2B_C640L);
        assertThat(Digest.of("t", "a".getBytes(UTF_8))).isEqualTo(0x5E56_D026_902E_82C6L);
    }

    @Test
    void digestsOfSimilarMessagesDiffer() {
        Set<Long> digests = new HashSet<>();
        int messages = 0;
        for (int i = 0; i < 2_000; i++) {
            String text = String.valueOf(i);
            digests.add(Digest.of("t/" + text, new byte[0]));
            digests.add(Digest.of("t/", text.getBytes(UTF_8)));
            digests.add(Digest.of("t", new byte[i]));
            digests.add(Digest.of("t", ("{\"n\":" + text + "}").getBytes(UTF_8)));
            messages += 4;
        }
        // "t" and "t/" with nothing are each there once only.
        assertThat(digests).hasSize(messages);
    }
}
