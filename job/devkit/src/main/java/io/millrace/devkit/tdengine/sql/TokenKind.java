package io.millrace.devkit.tdengine.sql;

/** Kinds of tokens of TDengine's SQL. */
public enum TokenKind {
    /** A bare word: a keyword or a name. */
    WORD,
    /** A name in back-ticks. */
    QUOTED,
    /** Text in single or double quotes. */
    STRING,
    /** Digits. */
    INTEGER,
    /** A number with a point or an exponent. */
    FLOAT,
    /** A number like 0x1f or 0b11. */
    RADIX,
    /** A number with a unit of time, {@code 10s}. */
    DURATION,
    LEFT("("),
    RIGHT(")"),
    COMMA(","),
    DOT("."),
    SEMICOLON(";"),
    EQUAL("="),
    UNEQUAL("<>"),
    LESS("<"),
    LESS_EQUAL("<="),
    GREATER(">"),
    GREATER_EQUAL(">="),
    PLUS("+"),
    MINUS("-"),
    STAR("*"),
    SLASH("/"),
    PERCENT("%"),
    AND("&"),
    OR("|"),
    CONCATENATE("||"),
    ARROW("->"),
    QUESTION("?"),
    /** What is no token at all, such as a quote that nothing closes. */
    ILLEGAL,
    END;

    private final String symbol;

    TokenKind() {
        this("");
    }

    TokenKind(String symbol) {
        this.symbol = symbol;
    }

    /** How an operator is written, in H2's SQL too. */
    public String symbol() {
        return symbol;
    }
}
