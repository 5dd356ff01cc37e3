package io.millrace.functions.text;

import io.millrace.functions.text.RegexTranslation.Refused;
import java.util.HexFormat;
import java.util.Map;

/** Turns what follows a backslash in a regular expression of PCRE into Java's. */
final class RegexEscapes {
    /** Erlang's letters, digits and underscore of Latin-1. */
    static final String WORD = "A-Za-z0-9_\\xAA\\xB5\\xBA\\xC0-\\xD6\\xD8-\\xF6\\xF8-\\xFF";

    private static final String HORIZONTAL = "\\t\\x20\\xA0";
    private static final String VERTICAL = "\\n\\x0B\\f\\r\\x85";
    private static final String SPACE = "\\x20\\t-\\r";
    private static final String CONTROLS = "afenrt";
    private static final String CONTROL_CODES = "\u0007\f\u001b\n\r\t";
    private static final int ALL = 0xff;
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final RegexSource source;
    private final Map<String, Integer> names;
    private final int groups;

    RegexEscapes(RegexSource source, Map<String, Integer> names, int groups) {
        this.source = source;
        this.names = names;
        this.groups = groups;
    }

    /** Appends a character that means itself. */
    static void literal(StringBuilder out, int c) {
        boolean plain = c < 0x80 && Character.isLetterOrDigit(c);
        if (plain) {
            out.append((char) c);
        } else {
            out.append("\\x").append(HEX.toHexDigits((byte) c));
        }
    }

    /** Translates an escape outside of classes. */
    void outside(StringBuilder out) throws Refused {
        char c = letter();
        switch (c) {
            case 'Q' -> source.quoted().chars().forEach(quoted -> literal(out, quoted));
            case 'E' -> {
                // It ends a quotation that nothing began.
            }
            case 'b', 'B', 'A', 'Z', 'z', 'G' -> out.append('\\').append(c);
            case 'C' -> out.append("[\\x00-\\xFF]");
            case 'N' -> out.append("[^\\n]");
            case 'R' -> out.append("(?>\\r\\n|[").append(VERTICAL).append("])");
            case 'X' -> out.append("(?>\\r\\n|[\\x00-\\xFF])");
            case 'K' -> throw new Refused("\\K is not supported");
            case 'g' -> out.append(referenceOfG());
            case 'k' -> named(out);
            default -> {
                if (c >= '1' && c <= '9' && isReference(c)) {
                    number(out, c + source.digits(10, 5));
                } else if (!set(out, c, false)) {
                    literal(out, character(c));
                }
            }
        }
    }

    /** Translates an escape in a class and returns the character, or -1 if it was a set. */
    int inside(StringBuilder out) throws Refused {
        char c = letter();
        if (c == 'b') {
            return '\b';
        }
        return set(out, c, true) ? -1 : character(c);
    }

    private char letter() throws Refused {
        if (source.atEnd()) {
            throw new Refused("nothing follows the last \\");
        }
        return source.next();
    }

    /** Translates an escape that stands for several characters. */
    private boolean set(StringBuilder out, char c, boolean inClass) throws Refused {
        String members =
                switch (Character.toLowerCase(c)) {
                    case 'd' -> "0-9";
                    case 'w' -> WORD;
                    case 's' -> SPACE;
                    case 'h' -> HORIZONTAL;
                    case 'v' -> VERTICAL;
                    case 'p' -> property();
                    default -> null;
                };
        if (members == null) {
            return false;
        }
        boolean not = c < 'a';
        if (inClass && !not) {
            out.append(members);
        } else {
            out.append(not ? "[^" : "[").append(members).append(']');
        }
        return true;
    }

    private String property() throws Refused {
        String name = source.accept("{") ? source.until('}') : String.valueOf(letter());
        boolean not = name.startsWith("^");
        String plain = not ? name.substring(1) : name;
        String java =
                switch (plain) {
                    case "Any" -> "IsAssigned";
                    case "L&" -> "LC";
                    default -> plain.length() <= 2 ? plain : "Is" + plain;
                };
        if (!java.chars().allMatch(c -> c < 0x80 && Character.isLetter(c) || c == '_')) {
            throw new Refused("\\p has no name that is known");
        }
        return (not ? "\\P{" : "\\p{") + java + "}";
    }

    private boolean isReference(char first) {
        int number = first - '0';
        for (int i = 0; i < 5 && isDigit(i); i++) {
            number = number * 10 + (peek(i) - '0');
        }
        return number < 10 || number <= groups;
    }

    private boolean isDigit(int ahead) {
        return peek(ahead) >= '0' && peek(ahead) <= '9';
    }

    private char peek(int ahead) {
        return source.peek(ahead);
    }

    private void number(StringBuilder out, String digits) throws Refused {
        int number = Integer.parseInt(digits);
        if (number < 1 || number > groups) {
            throw new Refused("there is no group " + digits);
        }
        // A group of its own, so that no digit behind it is taken as part of the number.
        out.append("(?:\\").append(number).append(')');
    }

    /** Appends a reference to a named group. */
    void reference(StringBuilder out, String name) throws Refused {
        Integer number = names.get(name);
        if (number == null) {
            throw new Refused("there is no group '" + name + "' before");
        }
        number(out, String.valueOf(number));
    }

    private void named(StringBuilder out) throws Refused {
        if (source.accept("<")) {
            reference(out, source.until('>'));
        } else if (source.accept("'")) {
            reference(out, source.until('\''));
        } else if (source.accept("{")) {
            reference(out, source.until('}'));
        } else {
            throw new Refused("\\k has no name");
        }
    }

    private String referenceOfG() throws Refused {
        StringBuilder reference = new StringBuilder();
        if (source.accept("{")) {
            String name = source.until('}');
            if (name.matches("[0-9]{1,5}")) {
                number(reference, name);
            } else {
                reference(reference, name);
            }
            return reference.toString();
        }
        String digits = source.digits(10, 5);
        if (digits.isEmpty()) {
            throw new Refused("what follows \\g is not supported");
        }
        number(reference, digits);
        return reference.toString();
    }

    /** The one character that an escape stands for. */
    private int character(char c) throws Refused {
        int control = CONTROLS.indexOf(c);
        if (control >= 0) {
            return CONTROL_CODES.charAt(control);
        }
        if (c == 'x') {
            return source.accept("{")
                    ? code(source.until('}').strip(), 16)
                    : code("0" + source.digits(16, 2), 16);
        }
        if (c == 'o' && source.accept("{")) {
            return code(source.until('}').strip(), 8);
        }
        if (c == 'c') {
            return Character.toUpperCase(letter()) ^ 0x40;
        }
        if (c >= '0' && c <= '7') {
            return code(c + source.digits(8, 2), 8);
        }
        if (c < 0x80 && Character.isLetterOrDigit(c)) {
            throw new Refused("\\" + c + " is not known");
        }
        return c;
    }

    private static int code(String digits, int base) throws Refused {
        boolean right =
                !digits.isEmpty()
                        && digits.length() <= 7
                        && digits.chars().allMatch(c -> c < 0x80 && Character.digit(c, base) >= 0);
        int code = right ? Integer.parseInt(digits, base) : -1;
        if (code < 0 || code > ALL) {
            throw new Refused("the code of a character is none of one byte");
        }
        return code;
    }
}
