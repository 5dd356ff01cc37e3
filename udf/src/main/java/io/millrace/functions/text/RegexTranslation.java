package io.millrace.functions.text;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Turns a regular expression of PCRE into one of Java. Used once.
 *
 * <p>The dialects differ in classes ({@code [[:alpha:]]}, {@code [[]}, {@code &&}), in braces that
 * are no quantifier, in names, references and escapes, and in what is a letter. Recursion,
 * conditions, verbs and {@code \K} have nothing like them in Java and are refused.
 */
final class RegexTranslation {
    /** What cannot be translated; the message says why. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String why) {
            super(why, null, false, false);
        }
    }

    private static final int MOST_REPEATS = 65_535;

    /** How often the innermost group may have to be repeated by its surroundings. */
    private static final long MOST_PRODUCT = 1_000_000;

    private final RegexSource source;
    private final StringBuilder out = new StringBuilder();
    private final Map<String, Integer> names = new HashMap<>();
    private final RegexEscapes escapes;

    /** For each open group: whether spaces are ignored, to be restored at its end. */
    private final Deque<Boolean> ignoring = new ArrayDeque<>();

    /** For each open group and the whole: the repeats that its parts need. */
    private final Deque<Long> repeats = new ArrayDeque<>();

    private boolean ignoresSpace;
    private long lastRepeats = 1;
    private int groups;

    RegexTranslation(String regex) {
        source = new RegexSource(regex);
        escapes = new RegexEscapes(source, names, RegexSource.countGroups(regex));
    }

    String translate() throws Refused {
        repeats.push(1L);
        while (!source.atEnd()) {
            char c = source.next();
            switch (c) {
                case '\\' -> atom(() -> escapes.outside(out));
                case '[' -> atom(() -> new RegexClass(source, escapes).translate(out));
                case '(' -> open();
                case ')' -> close();
                case '{' -> brace();
                case '*', '+', '?', '|', '^', '$', '.' -> out.append(c);
                case '#' -> hash();
                default -> {
                    lastRepeats = 1;
                    literal(c);
                }
            }
        }
        if (!ignoring.isEmpty()) {
            throw new Refused("a group is not closed");
        }
        return out.toString();
    }

    /** A part of an expression that is translated. */
    @FunctionalInterface
    private interface Part {
        void translate() throws Refused;
    }

    private void atom(Part part) throws Refused {
        lastRepeats = 1;
        part.translate();
    }

    private void literal(char c) {
        if (c == ' ' || c >= '\t' && c <= '\r') {
            if (!ignoresSpace) {
                RegexEscapes.literal(out, c);
            }
        } else {
            RegexEscapes.literal(out, c);
        }
    }

    private void hash() {
        if (ignoresSpace) {
            source.skipPast('\n');
        } else {
            RegexEscapes.literal(out, '#');
        }
    }

    private void brace() throws Refused {
        int[] bounds = source.quantifier();
        if (bounds == null) {
            lastRepeats = 1;
            RegexEscapes.literal(out, '{');
            return;
        }
        if (bounds[0] > MOST_REPEATS || bounds[1] > MOST_REPEATS) {
            throw new Refused("a number in {} is more than " + MOST_REPEATS);
        }
        if (bounds[1] >= 0 && bounds[1] < bounds[0]) {
            throw new Refused("numbers in {} are out of order");
        }
        long needed = lastRepeats * Math.max(1, bounds[0]);
        if (needed > MOST_PRODUCT) {
            throw new Refused("repeats in each other are more than " + MOST_PRODUCT);
        }
        lastRepeats = needed;
        if (needed > repeats.peek()) {
            repeats.pop();
            repeats.push(needed);
        }
        out.append('{').append(bounds[0]);
        if (bounds[1] != bounds[0]) {
            out.append(',');
            if (bounds[1] >= 0) {
                out.append(bounds[1]);
            }
        }
        out.append('}');
    }

    private void close() throws Refused {
        if (ignoring.isEmpty()) {
            throw new Refused("a ) closes no group");
        }
        ignoresSpace = ignoring.pop();
        lastRepeats = repeats.pop();
        if (lastRepeats > repeats.peek()) {
            repeats.pop();
            repeats.push(lastRepeats);
        }
        out.append(')');
    }

    private void begin(String opening) {
        ignoring.push(ignoresSpace);
        repeats.push(1L);
        out.append(opening);
    }

    private void open() throws Refused {
        if (source.accept("*")) {
            throw new Refused("(*...) is not supported");
        }
        if (!source.accept("?")) {
            groups++;
            begin("(");
            return;
        }
        for (String opening : new String[] {":", "=", "!", ">", "<=", "<!"}) {
            if (source.accept(opening)) {
                begin("(?" + opening);
                return;
            }
        }
        if (source.accept("#")) {
            source.until(')');
        } else if (source.accept("P=")) {
            lastRepeats = 1;
            escapes.reference(out, source.until(')'));
        } else if (source.accept("P<") || source.accept("<")) {
            named(source.until('>'));
        } else if (source.accept("'")) {
            named(source.until('\''));
        } else {
            flags();
        }
    }

    private void named(String name) throws Refused {
        groups++;
        if (name.isEmpty() || names.put(name, groups) != null) {
            throw new Refused("the name '" + name + "' of a group is empty or there twice");
        }
        begin("(");
    }

    private void flags() throws Refused {
        boolean on = true;
        StringBuilder flags = new StringBuilder();
        boolean ignores = ignoresSpace;
        while (true) {
            char c = source.atEnd() ? 0 : source.next();
            switch (c) {
                case '-' -> {
                    on = false;
                    flags.append(c);
                }
                case 'i', 'm', 's' -> flags.append(c);
                case 'x' -> ignores = on;
                case 'J' -> {
                    // Names may be there twice: they may not here, which is said where they are.
                }
                case ':', ')' -> {
                    inlineFlags(flags.toString(), ignores, c == ':');
                    return;
                }
                default -> throw new Refused("what follows (? is not supported");
            }
        }
    }

    private void inlineFlags(String flags, boolean ignores, boolean group) {
        String set = flags.endsWith("-") ? flags.substring(0, flags.length() - 1) : flags;
        if (group) {
            begin("(?" + set + ":");
        } else if (!set.isEmpty()) {
            out.append("(?").append(set).append(')');
        }
        ignoresSpace = ignores;
    }
}
