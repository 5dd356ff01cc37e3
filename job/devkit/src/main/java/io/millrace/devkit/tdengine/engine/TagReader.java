package io.millrace.devkit.tdengine.engine;

import io.millrace.devkit.tdengine.sql.Lexer;
import io.millrace.devkit.tdengine.sql.TaosException;
import io.millrace.devkit.tdengine.sql.TokenKind;
import java.util.List;

/** Reads the values behind TAGS. */
final class TagReader {
    private final Lexer lexer;
    private final ValueReader values;

    TagReader(Lexer lexer, ValueReader values) {
        this.lexer = lexer;
        this.values = values;
    }

    /**
     * Reads the brackets at which the lexer stands.
     *
     * @param given the tags that have a value, in its order
     * @return a value for every tag of the super table
     */
    Object[] read(SuperTable parent, List<Column> given) {
        lexer.advance();
        Object[] row = new Object[given.size()];
        for (int i = 0; i < row.length; i++) {
            if (i > 0) {
                lexer.accept(TokenKind.COMMA);
            }
            row[i] = values.read(given.get(i), parent.database().precision());
        }
        if (lexer.is(TokenKind.COMMA)) {
            throw new TaosException(0x260d, "Tags number not matched");
        }
        if (!lexer.accept(TokenKind.RIGHT)) {
            throw TaosException.inInsert(lexer.sql(), lexer.start(), ") is expected");
        }
        return InsertParser.spread(parent, given, row);
    }
}
