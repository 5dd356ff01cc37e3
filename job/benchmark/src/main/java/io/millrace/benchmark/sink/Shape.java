package io.millrace.benchmark.sink;

/** To how many tables rows go, in turn. */
enum Shape {
    ONE_TABLE(1),
    HUNDRED_TABLES(100),
    TEN_THOUSAND_TABLES(10_000);

    private final int tables;

    Shape(int tables) {
        this.tables = tables;
    }

    int tables() {
        return tables;
    }

    String title() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
}
