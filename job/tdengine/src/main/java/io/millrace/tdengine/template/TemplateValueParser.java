package io.millrace.tdengine.template;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one value in {@code VALUES} or {@code TAGS}. For one thread. */
final class TemplateValueParser {
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(\\d{1,400}(\\.\\d{0,400})?|\\.\\d{1,400})([eE][+-]?\\d{1,3})?");
    private static final int LONGEST_NUMBER = 820;

    private static final Pattern SPAN =
            Pattern.compile("([+-])\\s*(\\d{1,19})([buasmhdw])(?![0-9A-Za-z_$])");
    private static final int LONGEST_SPAN = 40;
    private static final Map<Character, Long> NANOS =
            Map.of(
                    'b', 1L,
                    'u', 1_000L,
                    'a', 1_000_000L,
                    's', 1_000_000_000L,
                    'm', 60_000_000_000L,
                    'h', 3_600_000_000_000L,
                    'd', 86_400_000_000_000L,
                    'w', 604_800_000_000_000L);

    private final TemplateScanner scanner;

    TemplateValueParser(TemplateScanner scanner) {
        this.scanner = scanner;
    }

    TemplateValue value() {
        int start = scanner.position();
        TemplateValue value = unchecked();
        scanner.skipSpace();
        char next = scanner.peek();
        if (next == '+' || next == '-') {
            value = moved(start, value);
            scanner.skipSpace();
            next = scanner.peek();
        }
        // What touches a value would change it: 5${x}, 1d, ${a}*2.
        if (next != ',' && next != ')') {
            throw scanner.atEnd()
                    ? scanner.problem("the list of values has no closing ')'.")
                    : scanner.problemAt(
                            start,
                            "a value has to be one placeholder, number or text; "
                                    + scanner.found()
                                    + " follows it. Compute in the rule, or mix texts within one"
                                    + " pair of quotes: 'a-${x}-b'.");
        }
        return value;
    }

    private TemplateValue unchecked() {
        char c = scanner.peek();
        if (scanner.startsWith("${")) {
            return new TemplateValue.Placeholder(scanner.placeholder(), false);
        }
        if (c == '\'' || c == '"') {
            return text(scanner.quoted());
        }
        if (c == '+' || c == '-' || c == '.' || c >= '0' && c <= '9') {
            return new TemplateValue.Literal(number());
        }
        return word();
    }

    /** {@code NOW + 1s}, {@code ${ts} - 5m}: one span, as TDengine takes it. */
    private TemplateValue moved(int start, TemplateValue base) {
        Matcher matcher = SPAN.matcher(scanner.ahead(LONGEST_SPAN));
        boolean movable = !(base instanceof TemplateValue.Literal l) || isTime(l.value());
        if (!matcher.lookingAt() || !movable) {
            throw scanner.problemAt(
                    start,
                    "only a time can be added to, and only a span: NOW + 1s, ${ts} - 5m; units are"
                            + " b (ns), u, a (ms), s, m, h, d and w. Compute in the rule.");
        }
        scanner.take(matcher.end());
        long span;
        try {
            span =
                    Math.multiplyExact(
                            Long.parseLong(matcher.group(1) + matcher.group(2)),
                            NANOS.get(matcher.group(3).charAt(0)));
        } catch (ArithmeticException | NumberFormatException e) {
            throw scanner.problemAt(start, "the span is longer than 292 years.");
        }
        return base instanceof TemplateValue.Time time
                ? new TemplateValue.Time(time.base(), null, span)
                : new TemplateValue.Time(TemplateValue.Time.Base.GIVEN, base, span);
    }

    private static boolean isTime(Object literal) {
        return literal instanceof BigDecimal || literal instanceof String;
    }

    /** {@code NOW} may be written as a function. */
    private TemplateValue clock(String word) {
        scanner.take(word.length());
        if (scanner.takeIf('(')) {
            scanner.expect(')', "after " + word + "(");
        }
        return new TemplateValue.Time(TemplateValue.Time.Base.valueOf(word), null, 0);
    }

    private static TemplateValue text(List<TextPart> parts) {
        if (parts.isEmpty()) {
            return new TemplateValue.Literal("");
        }
        if (parts.size() > 1) {
            return new TemplateValue.Text(parts);
        }
        return parts.get(0) instanceof TextPart.Field field
                ? new TemplateValue.Placeholder(field.path(), true)
                : new TemplateValue.Literal(((TextPart.Fixed) parts.get(0)).text());
    }

    private BigDecimal number() {
        Matcher matcher = NUMBER.matcher(scanner.ahead(LONGEST_NUMBER));
        if (!matcher.lookingAt()) {
            throw scanner.problem("a number is expected, found is " + scanner.found() + ".");
        }
        return new BigDecimal(scanner.take(matcher.end()));
    }

    private TemplateValue word() {
        String word = scanner.peekWord();
        switch (word) {
            case "NULL":
                scanner.take(4);
                return new TemplateValue.Literal(null);
            case "TRUE":
                scanner.take(4);
                return new TemplateValue.Literal(true);
            case "FALSE":
                scanner.take(5);
                return new TemplateValue.Literal(false);
            case "NOW", "TODAY":
                return clock(word);
            default:
                throw scanner.problem(
                        "a value is expected, found is "
                                + scanner.found()
                                + ". Allowed are placeholders such as ${temp}, numbers, texts in"
                                + " quotes, NULL, true, false, NOW and TODAY; compute anything else in the"
                                + " rule.");
        }
    }
}
