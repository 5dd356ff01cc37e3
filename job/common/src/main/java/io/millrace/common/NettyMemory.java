package io.millrace.common;

import io.netty.buffer.PooledByteBufAllocator;

/**
 * How much memory outside of the heap netty sets aside for buffers. By itself that is 4 MiB for
 * each of eight threads and more, and again for each job that brings netty along and hence has one
 * of its own. All jobs of a TaskManager as Flink sets it up share some 130 MiB.
 */
public final class NettyMemory {
    private static final String ARENAS = "io.netty.allocator.numDirectArenas";

    /** Threads that allocate at the same time wait for each other if they share one. */
    private static final int ENOUGH = 2;

    private NettyMemory() {}

    /**
     * Makes it little, unless the JVM's options say how much. To be called before netty is used.
     *
     * @return how many arenas of 4 MiB there are at most
     */
    public static int limit() {
        return Limit.ARENAS;
    }

    /** Netty looks once, when its allocator is loaded. */
    private static final class Limit {
        static final int ARENAS = loadAllocator();

        private static int loadAllocator() {
            if (System.getProperty(NettyMemory.ARENAS) != null) {
                return PooledByteBufAllocator.defaultNumDirectArena();
            }
            System.setProperty(NettyMemory.ARENAS, Integer.toString(ENOUGH));
            try {
                return PooledByteBufAllocator.defaultNumDirectArena();
            } finally {
                // Other jobs in this JVM have a netty of their own.
                System.clearProperty(NettyMemory.ARENAS);
            }
        }
    }
}
