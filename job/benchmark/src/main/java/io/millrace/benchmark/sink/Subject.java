package io.millrace.benchmark.sink;

/** Who writes. */
enum Subject {
    SINK("Flink sink"),
    DRIVER("bare loop, the driver's fastest way"),
    ROW_BY_ROW("bare loop, addBatch for each of 500 rows");

    private final String title;

    Subject(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** Writes until the meter has what it wants. */
    void run(Shape shape, Server server, String database, Meter meter) throws Exception {
        switch (this) {
            case SINK -> SinkLoop.run(shape, server, database, meter);
            case DRIVER -> DriverLoops.fastest(shape, server, database, meter);
            case ROW_BY_ROW -> DriverLoops.rowByRow(shape, server, database, meter);
        }
    }
}
