package io.millrace.benchmark.sink;

/** What the row of a number has; the rows of a device are a millisecond apart. */
record Values(long time, float temp, float hum, int device) {
    private static final long T0 = 1_767_225_600_000L;

    static Values of(long number, int tables) {
        return new Values(
                T0 + number / tables,
                (number % 400) / 10f,
                (number % 1_000) / 10f,
                (int) (number % tables));
    }
}
