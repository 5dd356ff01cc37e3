package io.millrace.cli.demo;

import java.util.Locale;
import java.util.Random;

/** What one simulated device measures: a slow wave, different for each device, and some noise. */
final class Reading {
    private static final double SECONDS_PER_WAVE = 60;

    private final int device;
    private final Random noise;

    Reading(int device) {
        this.device = device;
        this.noise = new Random(device);
    }

    /** The payload at a moment, in seconds. */
    String json(double second) {
        double phase = 2 * Math.PI * (second / SECONDS_PER_WAVE + device / 7.0);
        return String.format(
                Locale.ROOT,
                "{\"temp\": %.1f, \"hum\": %.1f}",
                22 + 4 * Math.sin(phase) + noise.nextGaussian() * 0.2,
                55 - 12 * Math.sin(phase) + noise.nextGaussian() * 0.5);
    }

    /** What a device with broken firmware sends instead. */
    String broken(double second) {
        return json(second).replaceAll("[{}\"]", "").replace(": ", "=");
    }
}
