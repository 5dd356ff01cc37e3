package io.millrace.tdengine.declared;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A piece of a definition.
 *
 * @param text without quotes or back-ticks
 * @param offset where it begins in the script
 */
record DdlToken(Kind kind, String text, int offset) {
    enum Kind {
        /** A key word, or a name as TDengine reads it: in lower case. */
        WORD,
        /** A name in back-ticks. */
        NAME,
        TEXT,
        NUMBER,
        SIGN,
        END
    }

    private static final Pattern PIECE =
            Pattern.compile(
                    "(?<skip>\\s+|--[^\\n]*|(?s:/\\*.*?\\*/))"
                            + "|(?<name>`[^`]*`)"
                            + "|(?<text>'(?:[^'\\\\]|\\\\.|'')*'|\"(?:[^\"\\\\]|\\\\.)*\")"
                            + "|(?<word>[\\p{L}_][\\p{L}\\d_]*)"
                            + "|(?<number>-?\\d[\\w.]*)"
                            + "|(?<sign>[(),.;])");

    /**
     * Takes a script apart.
     *
     * @throws IllegalArgumentException at the first sign that no definition has
     */
    static List<DdlToken> read(String script) {
        List<DdlToken> tokens = new ArrayList<>();
        Matcher piece = PIECE.matcher(script);
        int at = 0;
        while (at < script.length()) {
            if (!piece.region(at, script.length()).lookingAt()) {
                throw error(script, at, "'" + script.charAt(at) + "' is not understood here.");
            }
            if (piece.group("name") != null) {
                tokens.add(new DdlToken(Kind.NAME, inner(piece.group()), at));
            } else if (piece.group("text") != null) {
                tokens.add(new DdlToken(Kind.TEXT, inner(piece.group()), at));
            } else if (piece.group("word") != null) {
                String word = piece.group().toLowerCase(Locale.ROOT);
                tokens.add(new DdlToken(Kind.WORD, word, at));
            } else if (piece.group("number") != null) {
                tokens.add(new DdlToken(Kind.NUMBER, piece.group(), at));
            } else if (piece.group("sign") != null) {
                tokens.add(new DdlToken(Kind.SIGN, piece.group(), at));
            }
            at = piece.end();
        }
        tokens.add(new DdlToken(Kind.END, "", script.length()));
        return tokens;
    }

    private static String inner(String quoted) {
        return quoted.substring(1, quoted.length() - 1);
    }

    /** What is wrong, with its line. */
    static IllegalArgumentException error(String script, int offset, String message) {
        long line = script.substring(0, offset).chars().filter(c -> c == '\n').count() + 1;
        return new IllegalArgumentException("Line " + line + " of the definitions: " + message);
    }

    boolean is(String wordOrSign) {
        return (kind == Kind.WORD || kind == Kind.SIGN) && text.equalsIgnoreCase(wordOrSign);
    }

    boolean isName() {
        return kind == Kind.WORD || kind == Kind.NAME;
    }
}
