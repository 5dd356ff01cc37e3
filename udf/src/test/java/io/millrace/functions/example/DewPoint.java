package io.millrace.functions.example;

import org.apache.flink.table.functions.ScalarFunction;

/**
 * A function of your own: {@code dew_point(temperature, humidity)}, in degrees Celsius, after
 * Magnus.
 *
 * <p>Flink takes the types from {@code eval}: each {@code Double} is a nullable DOUBLE. One object
 * is used by one thread, and must be serialisable.
 */
public class DewPoint extends ScalarFunction {
    private static final long serialVersionUID = 1L;
    private static final double A = 17.62;
    private static final double B = 243.12;

    /** Computes one; an exception would end the job, so what cannot be computed is NULL. */
    public Double eval(Double temperature, Double humidity) {
        if (temperature == null || humidity == null || humidity <= 0 || humidity > 100) {
            return null;
        }
        double gamma = Math.log(humidity / 100) + A * temperature / (B + temperature);
        return B * gamma / (A - gamma);
    }
}
