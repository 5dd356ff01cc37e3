package io.millrace.common;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.PooledByteBufAllocator;
import org.junit.jupiter.api.Test;

class NettyMemoryTest {
    @Test
    void isLittleForThisNettyAndLeavesOthersAlone() {
        assertThat(NettyMemory.limit()).isEqualTo(2);
        assertThat(PooledByteBufAllocator.DEFAULT.metric().numDirectArenas()).isEqualTo(2);
        assertThat(System.getProperty("io.netty.allocator.numDirectArenas")).isNull();
    }
}
