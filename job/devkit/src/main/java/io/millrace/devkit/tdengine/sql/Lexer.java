package io.millrace.devkit.tdengine.sql;

import java.util.Locale;

/**
 * Cuts SQL into tokens, one at a time and without making objects, because an INSERT has a million
 * characters. A lexer stands on one token; {@link #advance} goes to the next. Not thread-safe.
 */
public final class Lexer {
    private static final String UNITS = "buasmhdwnyBUASMHDWNY";

    private final String sql;
    private final int length;
    private TokenKind kind;
    private int start;
    private int end;

    /** A lexer that stands on the first token. */
    public Lexer(String sql) {
        this(sql, 0);
    }

    /** A lexer that stands on the first token from a position on. */
    public Lexer(String sql, int from) {
        this.sql = sql;
        // The server takes the statement as a C string, so that a NUL ends it.
        int nul = sql.indexOf(0);
        this.length = nul < 0 ? sql.length() : nul;
        this.end = from;
        advance();
    }

    public String sql() {
        return sql;
    }

    public TokenKind kind() {
        return kind;
    }

    /** Where the token begins. */
    public int start() {
        return start;
    }

    /** Where the token ends. */
    public int end() {
        return end;
    }

    /** The token as it is written. */
    public String text() {
        return sql.substring(start, end);
    }

    /** What is left, from the token on. */
    public String rest() {
        return sql.substring(start, length);
    }

    /** Whether the token is this kind. */
    public boolean is(TokenKind other) {
        return kind == other;
    }

    /** Whether the token is this word, in any case. */
    public boolean is(String word) {
        return kind == TokenKind.WORD
                && end - start == word.length()
                && sql.regionMatches(true, start, word, 0, word.length());
    }

    /** Goes on if the token is this word, and says whether it was. */
    public boolean accept(String word) {
        boolean found = is(word);
        if (found) {
            advance();
        }
        return found;
    }

    /** Goes on if the token is of this kind, and says whether it was. */
    public boolean accept(TokenKind expected) {
        boolean found = kind == expected;
        if (found) {
            advance();
        }
        return found;
    }

    /** Goes back (or forward) to a position at which a token begins. */
    public void moveTo(int position) {
        end = position;
        advance();
    }

    /** Joins a sign with the number behind it into one token, as values of an INSERT are read. */
    public void joinSign() {
        if (kind != TokenKind.MINUS && kind != TokenKind.PLUS) {
            return;
        }
        int sign = start;
        if (end < length && isDigit(sql.charAt(end))) {
            advance();
            start = sign;
        }
    }

    /** The name that the token is: bare words are lower-cased, quoted ones are not. */
    public String name() {
        return switch (kind) {
            case WORD -> text().toLowerCase(Locale.ROOT);
            case QUOTED -> sql.substring(start + 1, end - 1).replace("``", "`");
            case STRING -> sql.substring(start + 1, end - 1);
            default -> throw TaosException.syntax(rest());
        };
    }

    /** The text of a string token, with its escapes resolved. */
    public String string() {
        return Strings.unquote(sql, start, end);
    }

    /** Goes to the next token. */
    public void advance() {
        int at = skipBlanks(end);
        start = at;
        if (at >= length) {
            kind = TokenKind.END;
            end = at;
            return;
        }
        char c = sql.charAt(at);
        if (isDigit(c) || (c == '.' && at + 1 < length && isDigit(sql.charAt(at + 1)))) {
            number(at);
        } else if (Character.isLetter(c) || c == '_') {
            end = wordEnd(at);
            kind = TokenKind.WORD;
        } else if (c == '\'' || c == '"') {
            quoted(at, c);
        } else if (c == '`') {
            quotedName(at);
        } else {
            symbol(at, c);
        }
    }

    private int skipBlanks(int from) {
        int at = from;
        while (at < length) {
            char c = sql.charAt(at);
            if (c <= ' ') {
                at++;
            } else if (c == '-' && at + 1 < length && sql.charAt(at + 1) == '-') {
                int newLine = sql.indexOf('\n', at);
                at = newLine < 0 ? length : newLine + 1;
            } else if (c == '/' && at + 1 < length && sql.charAt(at + 1) == '*') {
                int close = sql.indexOf("*/", at + 2);
                at = close < 0 ? length : close + 2;
            } else {
                break;
            }
        }
        return Math.min(at, length);
    }

    private void number(int from) {
        int at = from;
        if (sql.charAt(at) == '0' && at + 1 < length && "xXbB".indexOf(sql.charAt(at + 1)) >= 0) {
            int close = wordEnd(at + 1);
            if (close > at + 2) {
                finish(TokenKind.RADIX, close);
                return;
            }
        }
        at = digits(at);
        if (at < length
                && UNITS.indexOf(sql.charAt(at)) >= 0
                && (at + 1 == length || !isWordPart(sql.charAt(at + 1)))) {
            finish(TokenKind.DURATION, at + 1);
            return;
        }
        TokenKind found = TokenKind.INTEGER;
        if (at < length && sql.charAt(at) == '.') {
            found = TokenKind.FLOAT;
            at = digits(at + 1);
        }
        if (at < length && (sql.charAt(at) == 'e' || sql.charAt(at) == 'E')) {
            int exponent = at + 1;
            if (exponent < length && "+-".indexOf(sql.charAt(exponent)) >= 0) {
                exponent++;
            }
            if (digits(exponent) > exponent) {
                found = TokenKind.FLOAT;
                at = digits(exponent);
            }
        }
        int close = found == TokenKind.INTEGER ? wordEnd(at) : at;
        finish(close > at ? TokenKind.ILLEGAL : found, close);
    }

    private void quoted(int from, char quote) {
        int at = from + 1;
        while (at < length) {
            char c = sql.charAt(at);
            if (c == '\\') {
                at++;
            } else if (c == quote) {
                if (at + 1 < length && sql.charAt(at + 1) == quote) {
                    at++;
                } else {
                    finish(TokenKind.STRING, at + 1);
                    return;
                }
            }
            at++;
        }
        finish(TokenKind.ILLEGAL, length);
    }

    private void quotedName(int from) {
        int at = from + 1;
        while (at < length) {
            if (sql.charAt(at) == '`') {
                if (at + 1 < length && sql.charAt(at + 1) == '`') {
                    at++;
                } else {
                    finish(TokenKind.QUOTED, at + 1);
                    return;
                }
            }
            at++;
        }
        finish(TokenKind.ILLEGAL, length);
    }

    private void symbol(int at, char c) {
        char next = at + 1 < length ? sql.charAt(at + 1) : 0;
        switch (c) {
            case '(' -> finish(TokenKind.LEFT, at + 1);
            case ')' -> finish(TokenKind.RIGHT, at + 1);
            case ',' -> finish(TokenKind.COMMA, at + 1);
            case '.' -> finish(TokenKind.DOT, at + 1);
            case ';' -> finish(TokenKind.SEMICOLON, at + 1);
            case '+' -> finish(TokenKind.PLUS, at + 1);
            case '*' -> finish(TokenKind.STAR, at + 1);
            case '/' -> finish(TokenKind.SLASH, at + 1);
            case '%' -> finish(TokenKind.PERCENT, at + 1);
            case '&' -> finish(TokenKind.AND, at + 1);
            case '?' -> finish(TokenKind.QUESTION, at + 1);
            case '=' -> finish(TokenKind.EQUAL, next == '=' ? at + 2 : at + 1);
            case '-' -> either(next == '>', TokenKind.ARROW, TokenKind.MINUS, at);
            case '|' -> either(next == '|', TokenKind.CONCATENATE, TokenKind.OR, at);
            case '!' -> either(next == '=', TokenKind.UNEQUAL, TokenKind.ILLEGAL, at);
            case '>' -> either(next == '=', TokenKind.GREATER_EQUAL, TokenKind.GREATER, at);
            case '<' -> {
                if (next == '>') {
                    finish(TokenKind.UNEQUAL, at + 2);
                } else {
                    either(next == '=', TokenKind.LESS_EQUAL, TokenKind.LESS, at);
                }
            }
            default -> finish(TokenKind.ILLEGAL, at + 1);
        }
    }

    private void either(boolean two, TokenKind pair, TokenKind single, int at) {
        finish(two ? pair : single, two ? at + 2 : at + 1);
    }

    private void finish(TokenKind found, int close) {
        kind = found;
        end = Math.min(close, length);
    }

    private int digits(int from) {
        int at = from;
        while (at < length && isDigit(sql.charAt(at))) {
            at++;
        }
        return at;
    }

    private int wordEnd(int from) {
        int at = from;
        while (at < length && isWordPart(sql.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isWordPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
