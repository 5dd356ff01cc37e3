package io.millrace.devkit.tdengine.engine;

import io.millrace.devkit.tdengine.sql.Lexer;
import io.millrace.devkit.tdengine.sql.TaosException;
import io.millrace.devkit.tdengine.sql.TokenKind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads names of tables that are bound to a statement. Their case is kept. As in TDengine 3.3.6,
 * only the first name that a statement is ever given is taken wholly; all later ones are read like
 * SQL, so that {@code dev-2} means the table {@code dev}. In back-ticks a name means the same in
 * both cases, below {@code INSERT INTO ? USING} at least.
 */
final class BoundName {
    private static final int MAXIMUM = 192;

    private BoundName() {}

    /**
     * The first name that {@code INSERT INTO ? USING} takes: with its database or in back-ticks if
     * one likes.
     */
    static String parse(String name, Catalog catalog) {
        checkGiven(name);
        int dot = name.startsWith("`") ? -1 : name.indexOf('.');
        String table = limited(bare(name.substring(dot + 1)));
        if (table.indexOf('.') >= 0) {
            throw new TaosException(0x2617, "The table name cannot contain '.'");
        }
        if (dot >= 0) {
            catalog.database(bare(name.substring(0, dot)));
        }
        return table;
    }

    private static String limited(String table) {
        if (table.getBytes(StandardCharsets.UTF_8).length > MAXIMUM) {
            throw TaosException.invalidOperation("name too long");
        }
        return table;
    }

    /** Any name of a statement but its first. */
    static String later(String name, Catalog catalog) {
        checkGiven(name);
        Lexer lexer = new Lexer(name);
        String table = token(lexer);
        lexer.advance();
        if (lexer.accept(TokenKind.DOT)) {
            catalog.database(table);
            table = token(lexer);
        }
        return limited(table);
    }

    private static String token(Lexer lexer) {
        if (lexer.is(TokenKind.QUOTED) || lexer.is(TokenKind.STRING)) {
            return lexer.name();
        }
        String token = lexer.text();
        int digits = 0;
        while (digits < token.length() && Character.isDigit(token.charAt(digits))) {
            digits++;
        }
        return lexer.is(TokenKind.ILLEGAL) && digits > 0 ? token.substring(0, digits) : token;
    }

    /** The first name that stands for {@code tbname}: as it is, but cut off if it is too long. */
    static String raw(String name) {
        checkGiven(name);
        if (name.length() * 3 <= MAXIMUM) {
            return name;
        }
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= MAXIMUM
                ? name
                : new String(Arrays.copyOf(bytes, MAXIMUM), StandardCharsets.UTF_8);
    }

    private static void checkGiven(String name) {
        if (name == null || name.isEmpty()) {
            throw new TaosException(0x22b, "success");
        }
    }

    private static String bare(String name) {
        return name.length() > 1 && name.startsWith("`") && name.endsWith("`")
                ? name.substring(1, name.length() - 1)
                : name;
    }
}
