package io.millrace.devkit.tdengine.sql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Parses every statement but the insides of an INSERT. */
public final class StatementParser {
    private static final Set<String> DATABASE_OPTIONS =
            Set.of(
                    "BUFFER",
                    "CACHEMODEL",
                    "CACHESIZE",
                    "COMP",
                    "COMPACT_INTERVAL",
                    "COMPACT_TIME_OFFSET",
                    "COMPACT_TIME_RANGE",
                    "DURATION",
                    "ENCRYPT_ALGORITHM",
                    "KEEP",
                    "KEEP_TIME_OFFSET",
                    "MAXROWS",
                    "MINROWS",
                    "PAGES",
                    "PAGESIZE",
                    "PRECISION",
                    "REPLICA",
                    "RETENTIONS",
                    "S3_CHUNKPAGES",
                    "S3_COMPACT",
                    "S3_KEEPLOCAL",
                    "SINGLE_STABLE",
                    "STRICT",
                    "STT_TRIGGER",
                    "TABLE_PREFIX",
                    "TABLE_SUFFIX",
                    "TSDB_PAGESIZE",
                    "VGROUPS",
                    "WAL_FSYNC_PERIOD",
                    "WAL_LEVEL",
                    "WAL_RETENTION_PERIOD",
                    "WAL_RETENTION_SIZE",
                    "WAL_ROLL_PERIOD",
                    "WAL_SEGMENT_SIZE");

    private final Lexer lexer;
    private final ExpressionParser expressions;
    private final NameParser names;

    private StatementParser(String sql) {
        this.lexer = new Lexer(sql);
        this.expressions = new ExpressionParser(lexer);
        this.names = new NameParser(lexer);
    }

    /**
     * Parses one statement.
     *
     * @throws TaosException as TDengine would refuse it
     */
    public static Statement parse(String sql) {
        StatementParser parser = new StatementParser(sql);
        Statement statement = parser.statement();
        if (!(statement instanceof Statement.Insert)) {
            parser.lexer.accept(TokenKind.SEMICOLON);
            if (!parser.lexer.is(TokenKind.END)) {
                throw parser.unexpected();
            }
        }
        return statement;
    }

    private Statement statement() {
        if (lexer.is("SELECT") || lexer.is(TokenKind.LEFT)) {
            return new Statement.Query(new SelectParser(lexer).query());
        }
        if (lexer.is("INSERT") || lexer.is("IMPORT")) {
            return new Statement.Insert();
        }
        if (lexer.accept("CREATE")) {
            return create();
        }
        if (lexer.accept("DROP")) {
            return drop();
        }
        if (lexer.accept("ALTER")) {
            return alter();
        }
        if (lexer.accept("USE")) {
            return new Statement.Use(names.database());
        }
        if (lexer.accept("DELETE")) {
            expressions.expect("FROM");
            QualifiedName table = names.table();
            return new Statement.Delete(
                    table, lexer.accept("WHERE") ? expressions.expression() : null);
        }
        if (lexer.accept("DESCRIBE") || lexer.accept("DESC")) {
            return new Statement.Describe(names.table());
        }
        if (lexer.accept("SHOW")) {
            return new ShowParser(lexer).show();
        }
        if (lexer.accept("FLUSH") || lexer.accept("RESET")) {
            while (!lexer.is(TokenKind.END)) {
                lexer.advance();
            }
            return new Statement.Nothing();
        }
        throw unexpected();
    }

    private Statement create() {
        if (lexer.accept("DATABASE")) {
            boolean ifNotExists = ifNotExists();
            String database = names.database();
            return new Statement.CreateDatabase(database, ifNotExists, databaseOptions());
        }
        boolean superTable = lexer.accept("STABLE");
        if (!superTable && !lexer.accept("TABLE")) {
            throw refusalOf("CREATE");
        }
        boolean ifNotExists = ifNotExists();
        QualifiedName name = names.table();
        if (!superTable && lexer.is("USING")) {
            return subTables(name, ifNotExists);
        }
        expressions.expect(TokenKind.LEFT);
        List<Statement.Definition> columns = definitions();
        List<Statement.Definition> tags = List.of();
        if (lexer.accept("TAGS")) {
            expressions.expect(TokenKind.LEFT);
            tags = definitions();
        } else if (superTable) {
            throw unexpected();
        }
        Map<String, String> options = options();
        return new Statement.CreateTable(
                name, ifNotExists, columns, tags, options.getOrDefault("COMMENT", null));
    }

    private boolean ifNotExists() {
        if (!lexer.accept("IF")) {
            return false;
        }
        expressions.expect("NOT");
        expressions.expect("EXISTS");
        return true;
    }

    private boolean ifExists() {
        if (!lexer.accept("IF")) {
            return false;
        }
        expressions.expect("EXISTS");
        return true;
    }

    private List<Statement.Definition> definitions() {
        List<Statement.Definition> definitions = new ArrayList<>();
        do {
            String name = names.column();
            ColumnType type = new TypeParser(lexer).type();
            boolean primaryKey = lexer.accept("PRIMARY");
            if (primaryKey) {
                expressions.expect("KEY");
            }
            while (lexer.is("ENCODE") || lexer.is("COMPRESS") || lexer.is("LEVEL")) {
                lexer.advance();
                lexer.advance();
            }
            definitions.add(new Statement.Definition(name, type, primaryKey));
        } while (lexer.accept(TokenKind.COMMA));
        expressions.expect(TokenKind.RIGHT);
        return definitions;
    }

    private Map<String, String> databaseOptions() {
        String rest = lexer.rest();
        Map<String, String> options = options();
        for (String option : options.keySet()) {
            if (!DATABASE_OPTIONS.contains(option)) {
                int at = rest.toUpperCase(Locale.ROOT).indexOf(option);
                throw TaosException.syntax(rest.substring(Math.max(0, at)));
            }
        }
        return options;
    }

    /** Options are a name and values with commas between them. */
    private Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        while (lexer.is(TokenKind.WORD)) {
            String name = lexer.text().toUpperCase(Locale.ROOT);
            lexer.advance();
            if (lexer.is(TokenKind.LEFT)) { // SMA(column, ...)
                skipBrackets();
                continue;
            }
            StringBuilder value = new StringBuilder();
            do {
                value.append(value.length() == 0 ? "" : ",").append(optionValue());
            } while (lexer.accept(TokenKind.COMMA));
            options.put(name, value.toString());
        }
        return options;
    }

    private String optionValue() {
        lexer.joinSign();
        String value =
                switch (lexer.kind()) {
                    case STRING -> lexer.string();
                    case INTEGER, FLOAT, DURATION, WORD -> lexer.text();
                    default -> throw unexpected();
                };
        lexer.advance();
        return value;
    }

    private Statement subTables(QualifiedName first, boolean firstIfNotExists) {
        List<Statement.SubTable> tables = new ArrayList<>();
        QualifiedName name = first;
        boolean ifNotExists = firstIfNotExists;
        while (true) {
            expressions.expect("USING");
            QualifiedName superTable = names.table();
            List<String> tags = null;
            if (lexer.accept(TokenKind.LEFT)) {
                tags = new ArrayList<>();
                do {
                    tags.add(names.column());
                } while (lexer.accept(TokenKind.COMMA));
                expressions.expect(TokenKind.RIGHT);
            }
            expressions.expect("TAGS");
            int valuesAt = lexer.start();
            skipBrackets();
            while (lexer.is("TTL") || lexer.is("COMMENT")) {
                lexer.advance();
                optionValue();
            }
            tables.add(new Statement.SubTable(name, ifNotExists, superTable, tags, valuesAt));
            if (lexer.is(TokenKind.SEMICOLON) || lexer.is(TokenKind.END)) {
                return new Statement.CreateSubTables(tables);
            }
            ifNotExists = ifNotExists();
            name = names.table();
        }
    }

    private void skipBrackets() {
        int depth = 0;
        do {
            if (lexer.is(TokenKind.LEFT)) {
                depth++;
            } else if (lexer.is(TokenKind.RIGHT)) {
                depth--;
            } else if (lexer.is(TokenKind.END) || depth == 0) {
                throw unexpected();
            }
            lexer.advance();
        } while (depth > 0);
    }

    private Statement drop() {
        if (lexer.accept("DATABASE")) {
            boolean ifExists = ifExists();
            return new Statement.DropDatabase(names.database(), ifExists);
        }
        boolean superTable = lexer.accept("STABLE");
        if (!superTable && !lexer.accept("TABLE")) {
            throw refusalOf("DROP");
        }
        boolean ifExists = ifExists();
        List<QualifiedName> tables = new ArrayList<>();
        do {
            ifExists |= ifExists();
            tables.add(names.table());
        } while (lexer.accept(TokenKind.COMMA));
        return new Statement.DropTables(tables, ifExists, superTable);
    }

    private Statement alter() {
        if (lexer.accept("DATABASE")) {
            String database = names.database();
            if (lexer.is("PRECISION")) {
                throw unexpected(); // it cannot be changed
            }
            return new Statement.AlterDatabase(database, databaseOptions());
        }
        if (!lexer.accept("STABLE") && !lexer.accept("TABLE")) {
            throw refusalOf("ALTER");
        }
        QualifiedName table = names.table();
        String verb = lexer.text().toUpperCase(Locale.ROOT);
        lexer.advance();
        if (!verb.equals("ADD")
                && !verb.equals("DROP")
                && !verb.equals("MODIFY")
                && !verb.equals("RENAME")
                && !verb.equals("SET")) {
            lexer.advance();
            return new Statement.AlterTable(table, Statement.Change.OPTION, null, null, null, 0);
        }
        boolean tag = lexer.accept("TAG");
        if (!tag) {
            expressions.expect("COLUMN");
        }
        Statement.Change change = Statement.Change.valueOf(verb + (tag ? "_TAG" : "_COLUMN"));
        String column = names.column();
        ColumnType type = null;
        String newName = null;
        int valueAt = 0;
        switch (verb) {
            case "ADD", "MODIFY" -> type = new TypeParser(lexer).type();
            case "RENAME" -> newName = names.column();
            case "SET" -> {
                expressions.expect(TokenKind.EQUAL);
                lexer.joinSign();
                valueAt = lexer.start();
                lexer.advance();
            }
            default -> {
                // DROP needs the name only
            }
        }
        return new Statement.AlterTable(table, change, column, type, newName, valueAt);
    }

    private TaosException refusalOf(String verb) {
        return lexer.is(TokenKind.WORD) && Keywords.isReserved(lexer.text())
                ? TaosException.unsupported(verb + " " + lexer.text().toUpperCase(Locale.ROOT))
                : unexpected();
    }

    private TaosException unexpected() {
        return TaosException.syntax(lexer.rest());
    }
}
