package io.millrace.mqtt.source.reader;

import static io.millrace.mqtt.source.reader.Messages.qos1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class JournalInboxTest {
    private final AtomicInteger ready = new AtomicInteger();
    private final AtomicInteger taken = new AtomicInteger();
    private final JournalInbox inbox =
            new JournalInbox(ready::incrementAndGet, taken::incrementAndGet);

    @Test
    void newMessagesWaitForTheEndOfTheReplay() {
        inbox.replay(List.of(qos1(0, 0, "old 1")));
        inbox.put(List.of(qos1(1, 1, "new 1")));
        assertThat(take()).containsExactly("old 1");
        inbox.put(List.of(qos1(1, 2, "new 2")));
        assertThat(inbox.isReady()).isFalse();
        assertThat(inbox.waiting()).isEqualTo(2);
        inbox.replay(List.of(qos1(0, 0, "old 2")));
        inbox.endReplay();

        assertThat(take()).containsExactly("old 2", "new 1", "new 2");
        inbox.put(List.of(qos1(1, 3, "new 3")));
        assertThat(take()).containsExactly("new 3");
    }

    @Test
    void asksForThePieceAfterTheOneThatIsTaken() {
        assertThat(inbox.wantsReplay()).isTrue();
        inbox.replay(List.of(qos1(0, 0, "old")));
        assertThat(inbox.wantsReplay()).isFalse();
        take();
        assertThat(taken).hasValue(1);
        assertThat(inbox.wantsReplay()).isTrue();
        inbox.endReplay();

        assertThat(inbox.wantsReplay()).isFalse();
    }

    @Test
    void whatIsInTheJournalIsNeitherHeldNorARepetition() {
        inbox.put(List.of(qos1(1, 1, "a")));

        assertThat(inbox.isHeld()).isFalse();
        assertThat(inbox.isRepeated(qos1(1, 1, "a"))).isFalse();
        assertThat(ready).hasPositiveValue();
    }

    private List<String> take() {
        return inbox.take().stream().map(message -> new String(message.payload(), UTF_8)).toList();
    }
}
