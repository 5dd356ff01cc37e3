package io.millrace.functions.jq;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.functions.value.FunctionException;
import io.millrace.functions.value.Json;
import java.util.Arrays;

/**
 * What one run of a program may use: time, steps, depth of the stack, sizes of values. Exceeding it
 * throws an exception that no {@code try} of a program catches. Used by one thread at a time.
 */
final class JqBudget {
    /** Steps and parts of new values, together. */
    static final long MOST_WORK = 10_000_000;

    /** How many evaluations may be in each other. Each takes about 1 kB of the stack. */
    static final int MOST_DEPTH = 500;

    /** The most characters of a text. */
    static final int MOST_TEXT = 1 << 22;

    /** The most parts of a value, a part of a value that is in it twice counted twice. */
    static final int MOST_PARTS = 1 << 20;

    /** Programs are compiled once for all threads, and know nothing of their runs. */
    private static final ThreadLocal<JqBudget> CURRENT = new ThreadLocal<>();

    private static final int WORK_PER_CHECK = 1 << 10;
    private static final int CHARACTERS_PER_PART = 16;
    private static final int KNOWN = 1 << 8;

    private final long mostWork;
    private final JsonNode[] known = new JsonNode[KNOWN];
    private final int[] parts = new int[KNOWN];
    private final int[] levels = new int[KNOWN];
    private int lastLevels;
    private long start;
    private long nanos;
    private long work;
    private long nextCheck;
    private int depth;

    JqBudget(long mostWork) {
        this.mostWork = mostWork;
    }

    /** The budget of the program that this thread runs. */
    static JqBudget current() {
        return CURRENT.get();
    }

    /** Begins a run. */
    void start(long millis) {
        start = System.nanoTime();
        nanos = millis * 1_000_000;
        work = 0;
        nextCheck = WORK_PER_CHECK;
        depth = 0;
        CURRENT.set(this);
    }

    /** Ends a run: values are not kept. */
    void end() {
        CURRENT.remove();
        Arrays.fill(known, null);
    }

    /**
     * Begins an evaluation in another one.
     *
     * @param levels how much of the stack it needs
     */
    void enter(int levels) {
        depth += levels;
        if (depth > MOST_DEPTH) {
            throw exceeded("calls itself, or has parts, more than " + MOST_DEPTH + " deep");
        }
        spend(1);
    }

    /** Ends the evaluation. */
    void leave(int levels) {
        depth -= levels;
    }

    /** Takes some of the work and, now and then, looks at the clock. */
    void spend(long units) {
        work += units;
        if (work >= nextCheck) {
            check();
        }
    }

    private void check() {
        nextCheck = work + WORK_PER_CHECK;
        if (work > mostWork) {
            throw exceeded("takes more than " + mostWork + " steps");
        }
        if (System.nanoTime() - start > nanos) {
            throw exceeded("takes longer than " + nanos / 1_000_000 + " ms");
        }
        if (Thread.currentThread().isInterrupted()) {
            throw exceeded("was interrupted");
        }
    }

    /** Refuses the length of a text, or of an array, before it is made. */
    void limit(double length, int most) {
        if (length > most) {
            throw exceeded("makes a value of more than " + most + " characters or parts");
        }
    }

    /** Accounts for a value that was just made. */
    JsonNode made(JsonNode value) {
        spend(count(value));
        return value;
    }

    /**
     * Counts parts and, in a field, how deep they are in each other. Values share parts, so that
     * few steps can make one that is endless to whom walks it.
     */
    private int count(JsonNode value) {
        lastLevels = 0;
        if (value.isTextual()) {
            int length = value.textValue().length();
            limit(length, MOST_TEXT);
            return 1 + length / CHARACTERS_PER_PART;
        }
        if (!value.isContainerNode()) {
            return 1;
        }
        int slot = System.identityHashCode(value) & (KNOWN - 1);
        if (known[slot] == value) {
            lastLevels = levels[slot];
            return parts[slot];
        }
        int sum = 1;
        int deepest = 0;
        for (JsonNode part : value) {
            sum += count(part);
            limit(sum, MOST_PARTS);
            deepest = Math.max(deepest, lastLevels);
        }
        lastLevels = deepest + 1;
        if (lastLevels > Json.MOST_DEPTH) {
            throw exceeded("makes a value that is more than " + Json.MOST_DEPTH + " deep");
        }
        spend(value.size());
        known[slot] = value;
        parts[slot] = sum;
        levels[slot] = lastLevels;
        return sum;
    }

    private static FunctionException exceeded(String what) {
        return JqEngine.failure("the program " + what + ".");
    }
}
