package io.millrace.tdengine.template;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one value in {@code VALUES} or {@code TAGS}. For one thread. */
final class TemplateValueParser {
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(\\d{1,400}(\\.\\d{0,400})?|\\.\\d{1,400})([eE][+-]?\\d{1,3})?");
    private static final int LONGEST_NUMBER = 820;

    private final TemplateScanner scanner;

    TemplateValueParser(TemplateScanner scanner) {
        this.scanner = scanner;
    }

    TemplateValue value() {
        int start = scanner.position();
        TemplateValue value = unchecked();
        // What touches a value would change it: ${ts}+1, 5${x}, 1d.
        scanner.skipSpace();
        char next = scanner.peek();
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
                throw scanner.problem(
                        word
                                + " is the server's clock when it writes, the same for a whole"
                                + " batch; let the rule select now_timestamp('millisecond') AS ts"
                                + " and write ${ts}.");
            default:
                throw scanner.problem(
                        "a value is expected, found is "
                                + scanner.found()
                                + ". Allowed are placeholders such as ${temp}, numbers, texts in"
                                + " quotes, NULL, true and false; compute anything else in the"
                                + " rule.");
        }
    }
}
