package io.millrace.devkit.tdengine.wire;

import io.netty.channel.Channel;

/**
 * Stands before and behind each statement; {@code Faults} is made of it. Called by many threads.
 */
public interface Gate {
    /** What is to be done with a statement. */
    enum Decision {
        EXECUTE,
        /** Close the connection and execute nothing. */
        CUT,
        EXECUTE_AND_CUT,
        EXECUTE_SILENTLY
    }

    /** A step of a bound statement other than its execution, which is a {@link #statement}. */
    enum Step {
        PREPARE,
        BIND
    }

    /** Whether a new connection may be made. */
    boolean accepts();

    void opened(Channel channel);

    void closed(Channel channel);

    /** A request of any kind has come. Blocks while requests are stalled. */
    void request() throws InterruptedException;

    /**
     * A statement is to be executed.
     *
     * @throws io.millrace.devkit.tdengine.sql.TaosException if it is to be answered by an error
     */
    Decision statement(String sql, boolean insert);

    /**
     * A step of a bound statement is to be taken.
     *
     * @throws io.millrace.devkit.tdengine.sql.TaosException if it is to be answered by an error
     */
    Decision step(Step step, String sql);
}
