package io.millrace.functions;

import io.millrace.functions.library.RuleFunction;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An example of the library as Flink SQL: an array is {@code ARRAY[...]}, {@code null()} is NULL,
 * and words of SQL that are names of functions stand in back-quotes.
 *
 * @param sql the call
 * @param answer as JSON, or null if it varies
 */
record SqlExample(String sql, String answer) {
    /** Names that Flink's parser takes as something else; a test holds that these are all. */
    static final Set<String> RESERVED =
            Set.of("bool", "contains", "first", "float", "hash", "int", "last", "map", "null");

    private static final Pattern TOKEN = Pattern.compile("'[^']*'|\\w+|.", Pattern.DOTALL);

    static SqlExample of(RuleFunction.Example example) {
        String call = example.call().replace("null()", "NULL");
        StringBuilder sql = new StringBuilder();
        Matcher tokens = TOKEN.matcher(call);
        while (tokens.find()) {
            String token = tokens.group();
            boolean isCall = tokens.end() < call.length() && call.charAt(tokens.end()) == '(';
            sql.append(token.equals("[") ? "ARRAY[" : isCall ? name(token) : token);
        }
        return new SqlExample(sql.toString(), example.answer());
    }

    /** A function's name as SQL needs it. */
    static String name(String function) {
        return RESERVED.contains(function) ? "`" + function + "`" : function;
    }
}
