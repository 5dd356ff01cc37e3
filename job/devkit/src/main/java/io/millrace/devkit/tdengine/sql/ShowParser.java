package io.millrace.devkit.tdengine.sql;

import java.util.Locale;
import java.util.Set;

/** Parses SHOW; the word itself is already read. */
final class ShowParser {
    private static final Set<String> OF_DATABASE = Set.of("TABLES", "STABLES", "VIEWS", "VGROUPS");
    private static final Set<String> OF_SERVER =
            Set.of(
                    "DATABASES",
                    "USERS",
                    "DNODES",
                    "MNODES",
                    "CLUSTER",
                    "FUNCTIONS",
                    "QUERIES",
                    "CONNECTIONS",
                    "TOPICS",
                    "STREAMS",
                    "GRANTS");

    private final Lexer lexer;
    private final NameParser names;
    private final ExpressionParser expressions;

    ShowParser(Lexer lexer) {
        this.lexer = lexer;
        this.names = new NameParser(lexer);
        this.expressions = new ExpressionParser(lexer);
    }

    Statement show() {
        if (lexer.accept("CREATE")) {
            return create();
        }
        if (lexer.accept("CLUSTER")) {
            String what = lexer.accept("ALIVE") ? "CLUSTER ALIVE" : "CLUSTER";
            return new Statement.Show(what, null, null);
        }
        if (lexer.accept("TAGS") || lexer.accept("TAG")) {
            expressions.expect("FROM");
            QualifiedName table = names.table();
            if (lexer.accept("FROM")) {
                table = new QualifiedName(names.database(), table.name());
            }
            return new Statement.Show("TAGS", table, null);
        }
        String kind = "";
        if (lexer.is("NORMAL") || lexer.is("CHILD") || lexer.is("USER") || lexer.is("SYSTEM")) {
            kind = lexer.text().toUpperCase(Locale.ROOT) + " ";
            lexer.advance();
        }
        return list(kind);
    }

    private Statement create() {
        String what = lexer.text().toUpperCase(Locale.ROOT);
        lexer.advance();
        return switch (what) {
            case "DATABASE" ->
                    new Statement.Show(
                            "CREATE DATABASE", new QualifiedName(names.database(), ""), null);
            case "TABLE", "STABLE" -> new Statement.Show("CREATE TABLE", names.table(), null);
            default -> throw TaosException.unsupported("SHOW CREATE " + what);
        };
    }

    private Statement list(String kind) {
        String word = lexer.text().toUpperCase(Locale.ROOT);
        if (OF_SERVER.contains(word)) {
            lexer.advance();
            return new Statement.Show(kind + word, null, null);
        }
        String database = null;
        if (!OF_DATABASE.contains(word)) {
            if (Keywords.isReserved(word)) {
                throw TaosException.unsupported("SHOW " + word);
            }
            database = names.database();
            expressions.expect(TokenKind.DOT);
            word = lexer.text().toUpperCase(Locale.ROOT);
        }
        lexer.advance();
        if (word.equals("ALIVE")) {
            return new Statement.Show("ALIVE", new QualifiedName(database, ""), null);
        }
        if (!OF_DATABASE.contains(word)) {
            throw TaosException.syntax(lexer.rest());
        }
        String like = null;
        if (lexer.accept("LIKE")) {
            like = lexer.string();
            lexer.advance();
        }
        return new Statement.Show(kind + word, new QualifiedName(database, ""), like);
    }
}
