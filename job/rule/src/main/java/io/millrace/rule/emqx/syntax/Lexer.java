package io.millrace.rule.emqx.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Splits a rule into words as EMQX does, which looks at all of it before it parses. */
final class Lexer {
    private static final Set<String> KEYWORDS =
            Set.of(
                    "AND", "AS", "CASE", "IF", "ELSE", "ELSIF", "FROM", "IN", "NOT", "OR", "SELECT",
                    "WHEN", "THEN", "FOREACH", "INCASE", "END", "DO", "WHERE");
    private static final List<String> SYMBOLS =
            List.of(
                    "..", "!=", "<>", "<=", ">=", "=~", "(", ")", "[", "]", ",", ".", "+", "-", "*",
                    "/", "=", "<", ">");

    private final String text;
    private final int end;
    private final boolean trailingComments;
    private final List<Token> tokens = new ArrayList<>();

    private Lexer(String text, boolean trailingComments) {
        this.text = text;
        this.end = text.stripTrailing().length();
        this.trailingComments = trailingComments;
    }

    /**
     * Splits a rule.
     *
     * @param trailingComments whether a comment may end the rule; EMQX takes its two hyphens for
     *     minus signs
     */
    static List<Token> lex(String text, boolean trailingComments) {
        Lexer lexer = new Lexer(text, trailingComments);
        lexer.run();
        return List.copyOf(lexer.tokens);
    }

    private void run() {
        int at = 0;
        while (at < end) {
            char c = text.charAt(at);
            if (c <= ' ') {
                at++;
            } else if (isComment(at)) {
                int line = text.indexOf('\n', at);
                at = line < 0 ? end : line + 1;
            } else if (isLetter(c)) {
                at = name(at);
            } else if (isDigit(c)) {
                at = number(at);
            } else if (c == '\'') {
                at = quoted(at, c, Token.Kind.TEXT);
            } else if (c == '"') {
                at = quoted(at, c, Token.Kind.QUOTED_NAME);
            } else {
                at = symbol(at);
            }
        }
        tokens.add(new Token(Token.Kind.END, "", end, end));
    }

    private boolean isComment(int at) {
        if (!text.startsWith("--", at)) {
            return false;
        }
        int line = text.indexOf('\n', at);
        return trailingComments || line >= 0 && line < end;
    }

    private int name(int start) {
        int at = start + 1;
        while (at < end && isNamePart(text.charAt(at))) {
            at++;
        }
        String word = text.substring(start, at);
        String upper = word.toUpperCase(Locale.ROOT);
        if (KEYWORDS.contains(upper)) {
            add(Token.Kind.KEYWORD, upper, start, at);
        } else if (word.equals("div") || word.equals("mod")) {
            add(Token.Kind.WORD_OPERATOR, word, start, at);
        } else if (word.equals("true") || word.equals("false")) {
            add(Token.Kind.BOOLEAN, word, start, at);
        } else {
            add(Token.Kind.NAME, word, start, at);
        }
        return at;
    }

    private int number(int start) {
        int at = digits(start);
        Token.Kind kind = Token.Kind.INTEGER;
        if (at + 1 < end && text.charAt(at) == '.' && isDigit(text.charAt(at + 1))) {
            kind = Token.Kind.FLOAT;
            at = exponent(digits(at + 1));
        }
        add(kind, text.substring(start, at), start, at);
        return at;
    }

    private int digits(int from) {
        int at = from;
        while (at < end && isDigit(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private int exponent(int from) {
        if (from < end && (text.charAt(from) | 0x20) == 'e') {
            int at = from + 1;
            if (at < end && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
                at++;
            }
            if (at < end && isDigit(text.charAt(at))) {
                return digits(at);
            }
        }
        return from;
    }

    /** Two quotes in a row do not end the word; there is no other escape. */
    private int quoted(int start, char quote, Token.Kind kind) {
        int at = start + 1;
        while (true) {
            at = text.indexOf(quote, at);
            if (at < 0 || at >= end) {
                throw error(
                        start,
                        quote == '\''
                                ? "This text has no closing quote. Close it with '."
                                : "This name has no closing quote. Close it with \".");
            }
            if (at + 1 < end && text.charAt(at + 1) == quote) {
                at += 2;
            } else {
                break;
            }
        }
        add(kind, stripped(text.substring(start, at + 1)), start, at + 1);
        return at + 1;
    }

    /** EMQX takes all quotes from both ends, first single, then double ones. */
    private static String stripped(String quoted) {
        return strip(strip(quoted, '\''), '"');
    }

    private static String strip(String text, char quote) {
        int from = 0;
        int to = text.length();
        while (from < to && text.charAt(from) == quote) {
            from++;
        }
        while (to > from && text.charAt(to - 1) == quote) {
            to--;
        }
        return text.substring(from, to);
    }

    private int symbol(int at) {
        for (String symbol : SYMBOLS) {
            if (text.startsWith(symbol, at)) {
                add(Token.Kind.SYMBOL, symbol, at, at + symbol.length());
                return at + symbol.length();
            }
        }
        throw error(at, remedy(text.codePointAt(at)));
    }

    private static String remedy(int c) {
        String shown = "'" + Character.toString(c) + "'";
        return switch (c) {
            case '`' -> "Back-ticks are no quotes here. Write the name in double quotes.";
            case ';' -> "A rule has no semicolon in it.";
            case '|' -> "There is no operator ||. Join texts with + or concat(a, b).";
            case '_' ->
                    "A name begins with a letter. Write it in quotes: payload.'_name' or \"_name\".";
            default ->
                    c > 0x7f && Character.isLetter(c)
                            ? "The letter %s is allowed only in quotes: payload.'%s...'."
                                    .formatted(shown, Character.toString(c))
                            : "The character %s means nothing here. Names with it go in quotes."
                                    .formatted(shown);
        };
    }

    private static EmqxSyntaxException error(int offset, String message) {
        return new EmqxSyntaxException(EmqxSyntaxException.Kind.LEX, offset, message);
    }

    private void add(Token.Kind kind, String word, int start, int stop) {
        tokens.add(new Token(kind, word, start, stop));
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNamePart(char c) {
        return isLetter(c) || isDigit(c) || c == '_' || c == '$' || c == '@' || c == '~';
    }
}
