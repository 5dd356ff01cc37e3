package io.millrace.benchmark.source;

import java.util.List;

/** A way to receive, run in a process of its own. */
enum Subject {
    PAHO("Paho, bare loop") {
        @Override
        void run(int port, int qos, Meter meter) throws Exception {
            BareLoops.paho(port, qos, meter);
        }
    },
    OWN("own client, bare loop") {
        @Override
        void run(int port, int qos, Meter meter) throws Exception {
            BareLoops.own(port, qos, meter);
        }
    },
    FLINK("Flink source") {
        @Override
        void run(int port, int qos, Meter meter) throws Exception {
            FlinkLoop.run(port, qos, meter);
        }
    };

    /** What all subscribe to. */
    static final String FILTER = "devices/+/temp_hum";

    /** Most messages that are held un-acknowledged. */
    static final int CAP = 60_000;

    /** Between acknowledgements, or checkpoints. */
    static final int ACK_MILLIS = 100;

    static final List<Subject> ALL = List.of(values());

    private final String title;

    Subject(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** The client id of its session; Flink's source names it itself. */
    static String clientId(Subject subject) {
        return subject == FLINK ? FlinkLoop.clientId() : "bare";
    }

    /** Receives until the meter has seen enough. */
    abstract void run(int port, int qos, Meter meter) throws Exception;
}
