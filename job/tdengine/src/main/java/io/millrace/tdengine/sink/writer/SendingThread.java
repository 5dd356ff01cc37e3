package io.millrace.tdengine.sink.writer;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.util.function.ThrowingConsumer;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * The one thread of a writer that talks to the server. Work is handed over by the task thread, and
 * what came of it is handed back to the task thread as a mail.
 */
final class SendingThread {
    private final ExecutorService executor;
    private final MailboxExecutor mailbox;
    private Future<?> running;

    SendingThread(String name, MailboxExecutor mailbox) {
        this.mailbox = mailbox;
        this.executor =
                Executors.newSingleThreadExecutor(
                        work -> {
                            Thread thread = new Thread(work, name);
                            thread.setDaemon(true);
                            return thread;
                        });
    }

    /**
     * Does work; the task thread waits for nothing.
     *
     * @param onResult runs in the task thread
     * @param onFailure runs in the task thread
     */
    <T> void run(
            Callable<T> work,
            ThrowingConsumer<T, Exception> onResult,
            ThrowingConsumer<Throwable, Exception> onFailure) {
        running =
                executor.submit(
                        () -> {
                            try {
                                T result = work.call();
                                mail(() -> onResult.accept(result));
                            } catch (Throwable e) {
                                // Also an interrupt: nobody waits for it while the writer is
                                // closed, and at any other time it must not go unnoticed.
                                mail(() -> onFailure.accept(e));
                            }
                        });
    }

    private void mail(ThrowingRunnable<Exception> mail) {
        try {
            mailbox.execute(mail, "TDengine request done");
        } catch (RejectedExecutionException e) {
            // The task is gone.
        }
    }

    /** Interrupts what is under way, then runs the last work in the thread, which then ends. */
    void interrupt(Runnable last) {
        if (running != null) {
            running.cancel(true);
        }
        executor.execute(last);
        executor.shutdown();
    }

    /** Waits for the end for a second at most. */
    void join() {
        try {
            // Only a connection that is just being made does not end at once; the thread is left
            // to itself then.
            executor.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
