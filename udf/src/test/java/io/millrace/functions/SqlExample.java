package io.millrace.functions;

import io.millrace.functions.library.RuleFunction;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An example of the library as Flink SQL: an array is {@code ARRAY[...]}, or JSON if its elements
 * are of several types; {@code null()} is NULL; words of SQL that are names of functions stand in
 * back-quotes.
 *
 * @param sql the call
 * @param answer as JSON, or null if it varies
 */
record SqlExample(String sql, String answer) {
    /** Names that Flink's parser takes as something else; a test holds that these are all. */
    static final Set<String> RESERVED =
            Set.of("contains", "first", "float", "hash", "int", "last", "map", "null", "trim");

    /** Numbers too large for SQL; a test holds that all other examples are SQL. */
    private static final Set<String> NOT_SQL =
            Set.of("str(100000000000000000000.0)", "bitsl(1, 70)");

    private static final Pattern TOKEN =
            Pattern.compile("'[^']*'|\\[[^\\[\\]]*]|\\w+|.", Pattern.DOTALL);

    static SqlExample of(RuleFunction.Example example) {
        String call = example.call().replace("null()", "NULL");
        StringBuilder sql = new StringBuilder();
        Matcher tokens = TOKEN.matcher(call);
        while (tokens.find()) {
            String token = tokens.group();
            boolean isCall = tokens.end() < call.length() && call.charAt(tokens.end()) == '(';
            sql.append(token.startsWith("[") ? array(token) : isCall ? name(token) : token);
        }
        return new SqlExample(sql.toString(), example.answer());
    }

    private static String array(String literal) {
        boolean hasTexts = literal.contains("'");
        boolean hasOthers = literal.matches(".*[\\[ ](\\d|true|false).*");
        return hasTexts && hasOthers
                ? "json_decode('" + literal.replace('\'', '"') + "')"
                : "ARRAY" + literal;
    }

    boolean isSql() {
        return !NOT_SQL.contains(sql);
    }

    /** A function's name as SQL needs it. */
    static String name(String function) {
        return RESERVED.contains(function) ? "`" + function + "`" : function;
    }
}
