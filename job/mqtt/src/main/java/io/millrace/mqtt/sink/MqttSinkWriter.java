package io.millrace.mqtt.sink;

import io.millrace.common.deadletter.DeadLetterWriter;
import io.millrace.mqtt.client.ClientIds;
import io.millrace.mqtt.client.MqttFailure;
import io.millrace.mqtt.client.MqttPublisherFactory;
import io.millrace.mqtt.client.OutgoingMessage;
import io.millrace.mqtt.publish.Outbox;
import io.millrace.mqtt.publish.PublishEvents;
import io.millrace.mqtt.publish.PublishSession;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Makes messages of records and puts them into the {@link Outbox}, from where the {@link
 * PublishSession}'s thread sends them. It keeps no state: a checkpoint begins when nothing is left.
 *
 * <p>All methods are called by the task's thread, which waits for the outbox, a second at a time.
 *
 * @param <T> the type of the records
 */
final class MqttSinkWriter<T> implements SinkWriter<T> {
    private static final long WAIT_MILLIS = 1_000;

    /** No topic or filter begins like that, so no session has an id of these. */
    private static final String SINK = "\0sink\0";

    private final MessageMaker<T> maker;
    private final Outbox outbox;
    private final PublishSession session;
    private final UnsentRecords<T> unsent;
    private final MailboxExecutor mailbox;
    private final AtomicBoolean hasNews = new AtomicBoolean();

    private MqttSinkWriter(
            MqttSinkSettings settings,
            MessageEncoder<T> encoder,
            MqttPublisherFactory publishers,
            String clientId,
            DeadLetterWriter letters,
            MqttSinkMetrics metrics,
            MailboxExecutor mailbox) {
        this.mailbox = mailbox;
        this.unsent = new UnsentRecords<>(settings, encoder, letters, metrics);
        this.maker = new MessageMaker<>(settings, encoder, unsent);
        this.outbox = new Outbox(settings.publishing(), new Events(metrics));
        this.session = new PublishSession(settings.publishing(), clientId, publishers, outbox);
        metrics.watch(outbox);
    }

    static <T> MqttSinkWriter<T> open(
            MqttSinkSettings settings,
            MessageEncoder<T> encoder,
            MqttPublisherFactory publishers,
            WriterInitContext context)
            throws IOException {
        try {
            encoder.open(context.asSerializationSchemaInitializationContext());
        } catch (Exception e) {
            throw new IOException("The MQTT sink cannot start: " + e.getMessage(), e);
        }
        // Two sinks of one job may write to one topic.
        String operator = context.metricGroup().getAllVariables().getOrDefault("<operator_id>", "");
        String hash = ClientIds.hash(SINK + settings.topic() + "\0" + operator);
        int subtask = context.getTaskInfo().getIndexOfThisSubtask();
        String name = "sink-" + hash + "-" + subtask;
        String prefix = settings.publishing().clientIdPrefix();
        MqttSinkWriter<T> writer =
                new MqttSinkWriter<>(
                        settings,
                        encoder,
                        publishers,
                        prefix + "-" + name,
                        settings.deadLetters().open("mqtt-" + ClientIds.hash(prefix) + "-" + name),
                        new MqttSinkMetrics(context.metricGroup(), settings.rule()),
                        context.getMailboxExecutor());
        writer.session.start();
        return writer;
    }

    @Override
    public void write(T element, Context context) throws IOException, InterruptedException {
        OutgoingMessage message = maker.make(element);
        if (message == null) {
            return;
        }
        try {
            while (!outbox.offer(message)) {
                outbox.awaitRoom(WAIT_MILLIS);
                unsent.keepRefused(outbox);
            }
        } catch (MqttFailure e) {
            throw failed(e);
        }
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        try {
            while (!outbox.awaitEmpty(WAIT_MILLIS)) {
                unsent.keepRefused(outbox);
            }
        } catch (MqttFailure e) {
            throw failed(e);
        }
        unsent.keepRefused(outbox);
        unsent.flush();
    }

    /** Between records: the job learns at once what went wrong. */
    private void lookAtNews() throws IOException {
        hasNews.set(false);
        unsent.keepRefused(outbox);
        try {
            outbox.throwIfFailed();
        } catch (MqttFailure e) {
            throw failed(e);
        }
    }

    private static IOException failed(MqttFailure cause) {
        return new IOException(cause.getMessage(), cause);
    }

    @Override
    public void close() throws IOException {
        session.close();
        unsent.close();
    }

    /** Called by the session's and the client's threads. */
    private final class Events implements PublishEvents {
        private final MqttSinkMetrics metrics;

        Events(MqttSinkMetrics metrics) {
            this.metrics = metrics;
        }

        @Override
        public void news() {
            if (hasNews.compareAndSet(false, true)) {
                try {
                    mailbox.execute(MqttSinkWriter.this::lookAtNews, "MQTT sink");
                } catch (RejectedExecutionException e) {
                    // The task has ended.
                }
            }
        }

        @Override
        public void delivered(OutgoingMessage message, long millis) {
            metrics.delivered(message, millis);
        }

        @Override
        public void repeated() {
            metrics.repeated();
        }

        @Override
        public void uncertain() {
            metrics.uncertain();
        }
    }
}
