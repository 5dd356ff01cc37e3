package io.millrace.cli.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class KeyedEntriesTest {
    @Test
    void countsTheEntriesOfTheFirstStateThatHasSome() throws IOException {
        ByteBuffer group = ByteBuffer.allocate(100).putInt(7);
        group.putShort((short) 0).putInt(0);
        group.putShort((short) 1).putInt(3).put(new byte[30]).flip();
        assertThat(KeyedEntries.ofGroup(7, group)).isEqualTo(3);
    }

    @Test
    void findsAGroupEmptyThatHasOnlyEmptyStates() throws IOException {
        ByteBuffer group = ByteBuffer.allocate(100).putInt(7);
        group.putShort((short) 0).putInt(0).putShort((short) 1).putInt(0).flip();
        assertThat(KeyedEntries.ofGroup(7, group)).isZero();
    }

    @Test
    void doesNotTakeOtherBytesForAnEmptyGroup() {
        assertThatThrownBy(() -> KeyedEntries.ofGroup(7, ByteBuffer.allocate(10)))
                .isInstanceOf(IOException.class);
        ByteBuffer compressed = ByteBuffer.allocate(40).putInt(7).putInt(0x8253_4e41);
        compressed.position(0);
        ByteBuffer other = ByteBuffer.allocate(40).putInt(7).putShort((short) 100).putInt(3).flip();
        other.limit(40);
        assertThatThrownBy(() -> KeyedEntries.ofGroup(7, other)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> KeyedEntries.ofGroup(7, compressed))
                .isInstanceOf(IOException.class);
    }
}
