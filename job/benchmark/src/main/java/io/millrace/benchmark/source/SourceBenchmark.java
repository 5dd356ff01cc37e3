package io.millrace.benchmark.source;

import io.millrace.benchmark.ChildProcess;
import io.millrace.devkit.mqtt.Mosquitto;
import io.millrace.mqtt.client.ClientLibrary;
import io.millrace.mqtt.client.MqttClient;
import io.millrace.mqtt.client.MqttClientFactory;
import io.millrace.mqtt.client.MqttClientListener;
import io.millrace.mqtt.client.MqttFailure;
import io.millrace.mqtt.client.ReceivedMessage;
import io.millrace.mqtt.client.RetainedHandling;
import io.millrace.mqtt.client.Subscription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * Drains a session that a broker has filled, by turns with a bare Paho loop, a bare loop on our own
 * client and the Flink source, each in a process of its own, and prints the medians and their
 * ratios. Needs Mosquitto on this machine.
 *
 * <p>Arguments: measured messages (default 1000000), rounds (default 5). Each process drains half
 * as many messages more to warm up.
 */
public final class SourceBenchmark {
    private SourceBenchmark() {}

    /** Runs it, or, called by itself, one subject. */
    public static void main(String[] args) throws Exception {
        if (args.length > 0 && args[0].equals("subject")) {
            runSubject(args);
            return;
        }
        int measured = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        for (int qos : new int[] {0, 1}) {
            compare(qos, measured, rounds);
        }
    }

    private static void runSubject(String[] args) throws Exception {
        int qos = Integer.parseInt(args[3]);
        int measured = Integer.parseInt(args[4]);
        Meter meter = new Meter(measured / 2, measured);
        Subject.valueOf(args[1]).run(Integer.parseInt(args[2]), qos, meter);
        System.out.println(meter.await().text());
        // What else runs, such as a cluster, need not end in order.
        Runtime.getRuntime().halt(0);
    }

    private static void compare(int qos, int measured, int rounds) throws Exception {
        Map<Subject, List<Meter.Result>> results = new EnumMap<>(Subject.class);
        for (int round = 0; round < rounds; round++) {
            for (Subject subject : Subject.ALL) {
                Meter.Result result = measure(subject, qos, measured);
                results.computeIfAbsent(subject, any -> new ArrayList<>()).add(result);
                System.out.printf(
                        Locale.ROOT,
                        "QoS %d, round %d, %-22s %9.0f messages/s %6.2f CPU s/M%n",
                        qos,
                        round + 1,
                        subject.title(),
                        result.messagesPerSecond(),
                        result.cpuSecondsPerMillion());
            }
        }
        report(qos, results);
    }

    private static void report(int qos, Map<Subject, List<Meter.Result>> results) {
        double[] flink = medians(results.get(Subject.FLINK));
        for (Subject subject : Subject.ALL) {
            double[] median = medians(results.get(subject));
            System.out.printf(
                    Locale.ROOT,
                    "QoS %d, median,  %-22s %9.0f messages/s %6.2f CPU s/M; the Flink source: %.2f x the messages/s, %.2f x the CPU%n",
                    qos,
                    subject.title(),
                    median[0],
                    median[1],
                    flink[0] / median[0],
                    flink[1] / median[1]);
        }
    }

    private static double[] medians(List<Meter.Result> results) {
        return new double[] {
            results.stream()
                    .mapToDouble(Meter.Result::messagesPerSecond)
                    .sorted()
                    .skip(results.size() / 2)
                    .findFirst()
                    .orElseThrow(),
            results.stream()
                    .mapToDouble(Meter.Result::cpuSecondsPerMillion)
                    .sorted()
                    .skip(results.size() / 2)
                    .findFirst()
                    .orElseThrow()
        };
    }

    private static Meter.Result measure(Subject subject, int qos, int measured) throws Exception {
        Path folder = Files.createTempDirectory("millrace-benchmark");
        try (Mosquitto broker =
                Mosquitto.in(
                                folder,
                                "persistence false",
                                "max_queued_messages 0",
                                "queue_qos0_messages true",
                                "max_inflight_messages 0")
                        .start()) {
            makeSession(broker.port(), qos, Subject.clientId(subject));
            // Some more than is counted: the last ones may come in another rhythm.
            Loader.publish(broker.port(), qos, measured + measured / 2 + 1_000);
            return drain(subject, broker.port(), qos, measured);
        } finally {
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    /** Lets the broker know the session, which then fills while nobody is connected. */
    private static void makeSession(int port, int qos, String clientId)
            throws MqttFailure, InterruptedException {
        CountDownLatch subscribed = new CountDownLatch(1);
        MqttClient client =
                MqttClientFactory.of(ClientLibrary.NETTY)
                        .create(
                                BareLoops.settings(port),
                                clientId,
                                1,
                                new MqttClientListener() {
                                    @Override
                                    public void received(List<ReceivedMessage> messages) {}

                                    @Override
                                    public void subscribed(MqttFailure refusal) {
                                        subscribed.countDown();
                                    }

                                    @Override
                                    public void unsubscribed() {}

                                    @Override
                                    public void confirmed(long question) {}

                                    @Override
                                    public void lost(MqttFailure cause) {}
                                });
        client.connect();
        client.subscribe(new Subscription(Subject.FILTER, qos, RetainedHandling.NEVER));
        subscribed.await();
        client.close();
    }

    private static Meter.Result drain(Subject subject, int port, int qos, int measured)
            throws IOException, InterruptedException {
        return Meter.Result.parse(
                ChildProcess.result(
                        SourceBenchmark.class,
                        "subject",
                        subject.name(),
                        String.valueOf(port),
                        String.valueOf(qos),
                        String.valueOf(measured)));
    }
}
