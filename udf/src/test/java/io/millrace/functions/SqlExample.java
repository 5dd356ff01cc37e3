package io.millrace.functions;

import io.millrace.functions.library.RuleFunction;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An example of the library as Flink SQL: an array is {@code ARRAY[...]}, and reserved words that
 * are names of functions stand in back-quotes.
 *
 * @param sql the call
 * @param answer as JSON, or null if it varies
 */
record SqlExample(String sql, String answer) {
    /** Flink's parser takes these as something else; a test holds that there are no others. */
    static final Set<String> RESERVED =
            Set.of("bool", "float", "int", "map", "null", "contains", "hash", "concat_ws");

    private static final Pattern TOKEN =
            Pattern.compile("'[^']*'|\\w+(?=\\()|\\[|[^'\\[\\w]+|\\w+");

    static SqlExample of(RuleFunction.Example example) {
        StringBuilder sql = new StringBuilder();
        Matcher tokens = TOKEN.matcher(example.call());
        while (tokens.find()) {
            String token = tokens.group();
            boolean isCall =
                    tokens.end() < example.call().length()
                            && example.call().charAt(tokens.end()) == '(';
            sql.append(token.equals("[") ? "ARRAY[" : isCall ? name(token) : token);
        }
        return new SqlExample(sql.toString(), example.answer());
    }

    /** A function's name as SQL needs it. */
    static String name(String function) {
        return RESERVED.contains(function) ? "`" + function + "`" : function;
    }
}
