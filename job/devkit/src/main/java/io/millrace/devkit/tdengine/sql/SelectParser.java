package io.millrace.devkit.tdengine.sql;

import java.util.ArrayList;
import java.util.List;

/** Parses queries. */
final class SelectParser {
    private final Lexer lexer;
    private final ExpressionParser expressions;

    SelectParser(Lexer lexer) {
        this.lexer = lexer;
        this.expressions = new ExpressionParser(lexer);
    }

    /** A query, or several with UNION between them. */
    Select query() {
        Select first = select();
        if (!lexer.is("UNION")) {
            return first;
        }
        List<Select> selects = new ArrayList<>(List.of(first));
        boolean all = true;
        while (lexer.accept("UNION")) {
            all &= lexer.accept("ALL");
            selects.add(select());
        }
        // What follows the last query belongs to all of them together.
        Select last = selects.remove(selects.size() - 1);
        selects.add(
                new Select(
                        last.distinct(),
                        last.tagsOnly(),
                        last.items(),
                        last.from(),
                        last.where(),
                        last.partitionBy(),
                        last.window(),
                        last.groupBy(),
                        last.having(),
                        List.of(),
                        last.slimit(),
                        Select.Limit.NONE));
        return new Select(
                false,
                false,
                List.of(new Select.Item(new Expr.Star(null), null, "*")),
                new Select.Union(selects, all, last.orderBy(), last.limit()),
                null,
                List.of(),
                null,
                List.of(),
                null,
                List.of(),
                Select.Limit.NONE,
                Select.Limit.NONE);
    }

    private Select select() {
        if (lexer.is(TokenKind.LEFT)) {
            lexer.advance();
            Select inner = query();
            expressions.expect(TokenKind.RIGHT);
            return inner;
        }
        expressions.expect("SELECT");
        boolean distinct = lexer.accept("DISTINCT");
        boolean tagsOnly = lexer.accept("TAGS");
        if (!distinct) {
            lexer.accept("ALL");
        }
        List<Select.Item> items = items();
        Select.Source from = lexer.accept("FROM") ? source() : null;
        Expr where = lexer.accept("WHERE") ? expressions.expression() : null;
        List<Select.Item> partitionBy = List.of();
        if (lexer.accept("PARTITION")) {
            expressions.expect("BY");
            partitionBy = items();
        }
        Select.Window window = lexer.accept("INTERVAL") ? window() : null;
        refuse(
                "SESSION",
                "STATE_WINDOW",
                "EVENT_WINDOW",
                "COUNT_WINDOW",
                "SLIDING",
                "RANGE",
                "JOIN");
        List<Expr> groupBy = List.of();
        if (lexer.accept("GROUP")) {
            expressions.expect("BY");
            groupBy = expressions.list();
        }
        Expr having = lexer.accept("HAVING") ? expressions.expression() : null;
        List<Select.Order> orderBy = orderBy();
        Select.Limit slimit = limit("SLIMIT", "SOFFSET");
        Select.Limit limit = limit("LIMIT", "OFFSET");
        return new Select(
                distinct,
                tagsOnly,
                items,
                from,
                where,
                partitionBy,
                window,
                groupBy,
                having,
                orderBy,
                slimit,
                limit);
    }

    private List<Select.Item> items() {
        List<Select.Item> items = new ArrayList<>();
        do {
            int from = lexer.start();
            Expr expression = expressions.expression();
            String text = lexer.sql().substring(from, lexer.start()).strip();
            items.add(new Select.Item(expression, alias(), text));
        } while (lexer.accept(TokenKind.COMMA));
        return items;
    }

    private String alias() {
        if (lexer.accept("AS")) {
            if (!(lexer.is(TokenKind.WORD) || lexer.is(TokenKind.QUOTED))) {
                throw TaosException.syntax(lexer.rest());
            }
            if (lexer.is(TokenKind.WORD) && Keywords.isReserved(lexer.text())) {
                throw TaosException.syntax(lexer.rest());
            }
        } else if (!lexer.is(TokenKind.QUOTED)
                && (!lexer.is(TokenKind.WORD) || Keywords.isReserved(lexer.text()))) {
            return null;
        }
        String name = lexer.name();
        lexer.advance();
        return name;
    }

    private Select.Source source() {
        if (lexer.accept(TokenKind.LEFT)) {
            Select inner = query();
            expressions.expect(TokenKind.RIGHT);
            return new Select.SubQuery(inner, alias());
        }
        QualifiedName name = new NameParser(lexer).table();
        Select.Table table = new Select.Table(name, alias());
        if (lexer.is(TokenKind.COMMA)
                || lexer.is("JOIN")
                || lexer.is("INNER")
                || lexer.is("LEFT")
                || lexer.is("RIGHT")
                || lexer.is("FULL")) {
            throw TaosException.unsupported("A join");
        }
        return table;
    }

    private Select.Window window() {
        expressions.expect(TokenKind.LEFT);
        Expr.Duration width = expressions.duration();
        Expr.Duration offset = lexer.accept(TokenKind.COMMA) ? expressions.duration() : null;
        expressions.expect(TokenKind.RIGHT);
        refuse("SLIDING");
        if (lexer.accept("FILL")) {
            expressions.expect(TokenKind.LEFT);
            if (!lexer.accept("NONE")) {
                throw TaosException.unsupported("FILL(" + lexer.text() + ")");
            }
            expressions.expect(TokenKind.RIGHT);
        }
        return new Select.Window(width, offset);
    }

    private void refuse(String... words) {
        for (String word : words) {
            if (lexer.is(word)) {
                throw TaosException.unsupported(word);
            }
        }
    }

    private List<Select.Order> orderBy() {
        if (!lexer.accept("ORDER")) {
            return List.of();
        }
        expressions.expect("BY");
        List<Select.Order> order = new ArrayList<>();
        do {
            Expr expression = expressions.expression();
            boolean descending = lexer.accept("DESC");
            if (!descending) {
                lexer.accept("ASC");
            }
            Boolean nullsFirst = null;
            if (lexer.accept("NULLS")) {
                nullsFirst = lexer.is("FIRST");
                lexer.advance();
            }
            order.add(new Select.Order(expression, descending, nullsFirst));
        } while (lexer.accept(TokenKind.COMMA));
        return order;
    }

    private Select.Limit limit(String rowsWord, String offsetWord) {
        if (!lexer.accept(rowsWord)) {
            return Select.Limit.NONE;
        }
        long first = number();
        if (lexer.accept(offsetWord)) {
            return new Select.Limit(first, number());
        }
        // LIMIT offset, rows
        return lexer.accept(TokenKind.COMMA)
                ? new Select.Limit(number(), first)
                : new Select.Limit(first, 0);
    }

    private long number() {
        String text = lexer.text();
        if (!lexer.accept(TokenKind.INTEGER)) {
            throw TaosException.syntax(lexer.rest());
        }
        return Long.parseLong(text);
    }
}
