package io.millrace.devkit.tdengine.engine;

import io.millrace.devkit.tdengine.sql.DataType;
import io.millrace.devkit.tdengine.sql.Lexer;
import io.millrace.devkit.tdengine.sql.TaosException;
import io.millrace.devkit.tdengine.sql.TokenKind;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Any prepared statement but an INSERT. Values take the place of the {@code ?} in its text. */
final class PreparedText implements Prepared {
    private final String sql;
    private final List<Integer> marks = new ArrayList<>();
    private final Consumer<String> checker;
    private final Function<String, Result> executor;
    private String text;

    /**
     * @param parser refuses what is no statement
     * @param checker refuses a statement that names what is not there
     */
    PreparedText(
            String sql,
            Consumer<String> parser,
            Consumer<String> checker,
            Function<String, Result> executor) {
        this.sql = sql;
        this.checker = checker;
        this.executor = executor;
        for (Lexer lexer = new Lexer(sql); !lexer.is(TokenKind.END); lexer.advance()) {
            if (lexer.is(TokenKind.QUESTION)) {
                marks.add(lexer.start());
            }
        }
        parser.accept(filled(i -> "1"));
        text = marks.isEmpty() ? sql : null;
    }

    @Override
    public boolean isInsert() {
        return false;
    }

    @Override
    public List<BindField> fields() {
        return List.of();
    }

    @Override
    public int parameters() {
        return marks.size();
    }

    @Override
    public void bind(List<BoundTable> tables) {
        List<BoundColumn> values = tables.isEmpty() ? List.of() : tables.get(0).columns();
        if (tables.size() > 1
                || values.size() < marks.size()
                || values.stream().anyMatch(value -> value.rows() != 1)) {
            throw new TaosException(0x236, "bind number out of range or not match");
        }
        String now = filled(i -> literal(values.get(i)));
        checker.accept(now);
        text = now;
    }

    private String filled(Function<Integer, String> values) {
        StringBuilder filled = new StringBuilder();
        int from = 0;
        for (int i = 0; i < marks.size(); i++) {
            filled.append(sql, from, marks.get(i)).append(values.apply(i));
            from = marks.get(i) + 1;
        }
        return filled.append(sql, from, sql.length()).toString();
    }

    private static String literal(BoundColumn value) {
        DataType type = BoundColumn.type(value.type());
        if (type == null) {
            throw TaosException.invalidOperation("column type mis-match with buffer type");
        }
        if (value.isNull(0)) {
            return "NULL";
        }
        return switch (type) {
            case VARCHAR, NCHAR, JSON -> quoted(value.text(0));
            case VARBINARY, BLOB, GEOMETRY ->
                    "'\\x" + HexFormat.of().formatHex(value.bytes(0)) + "'";
            case BOOL -> value.longAt(0, type) != 0 ? "true" : "false";
            case FLOAT -> Float.toString(value.floatAt(0));
            case DOUBLE -> Double.toString(value.doubleAt(0));
            case UBIGINT -> Long.toUnsignedString(value.longAt(0, type));
            case DECIMAL, DECIMAL64 -> value.text(0);
            default -> Long.toString(value.longAt(0, type));
        };
    }

    private static String quoted(String text) {
        if (text.indexOf(0) >= 0) {
            throw TaosException.unsupported("A NUL in a text that is bound to a query");
        }
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    @Override
    public Result execute() {
        if (text == null) {
            throw new TaosException(TaosException.ADAPTER, "success");
        }
        return executor.apply(text);
    }
}
