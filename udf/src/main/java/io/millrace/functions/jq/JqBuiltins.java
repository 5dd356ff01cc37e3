package io.millrace.functions.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.IsolatedScopeQuery;
import net.thisptr.jackson.jq.internal.JsonQueryFunction;
import net.thisptr.jackson.jq.internal.javacc.ExpressionParser;

/** The functions that programs can call: the library's, guarded, and those that it lacks. */
final class JqBuiltins {
    /** A function written in jq. */
    private record Macro(String name, List<String> parameters, String body) {}

    private static final List<Macro> MACROS =
            List.of(
                    new Macro("repeat", List.of("f"), "def again: ., (f | again); again"),
                    new Macro("add", List.of("f"), "reduce f as $x (null; . + $x)"),
                    new Macro("isempty", List.of("g"), "[first(g)] | length == 0"),
                    new Macro(
                            "skip",
                            List.of("$n", "g"),
                            "foreach g as $x ($n + 1; . - 1; if . <= 0 then $x else empty end)"),
                    new Macro("toarray", List.of(), "if type == \"array\" then . else [.] end"),
                    new Macro("abs", List.of(), "if . < 0 then -. else . end"),
                    new Macro("fabs", List.of(), "abs"),
                    new Macro("trunc", List.of(), "if . < 0 then ceil else floor end"),
                    new Macro("ascii", List.of(), "[.] | implode"),
                    new Macro("todate", List.of(), "todateiso8601"),
                    new Macro("fromdate", List.of(), "fromdateiso8601"),
                    new Macro("date", List.of(), "todateiso8601"),
                    new Macro("have_literal_numbers", List.of(), "true"),
                    new Macro("trimstr", List.of("$text"), "ltrimstr($text) | rtrimstr($text)"),
                    new Macro(
                            "bsearch",
                            List.of("$x"),
                            "(map(select(. < $x)) | length) as $i"
                                    + " | if $i < length and .[$i] == $x then $i else -1 - $i end"));

    private JqBuiltins() {}

    /** Makes a scope with all functions. */
    static Scope scope(JqBudget budget) {
        Scope scope = Scope.newEmptyScope();
        Map<String, Function> functions =
                BuiltinFunctionLoader.getInstance().listFunctions(JqEngine.VERSION, scope);
        functions.remove("debug_scope/0");
        functions.put("_match_impl/3", new JqMatch(budget));
        functions.put("_sub_impl/3", new JqSubstitution(budget));
        functions.put("implode/0", textOf(JqBuiltins::implode));
        functions.put("trim/0", trimmed(String::strip));
        functions.put("ltrim/0", trimmed(String::stripLeading));
        functions.put("rtrim/0", trimmed(String::stripTrailing));
        for (Macro macro : MACROS) {
            functions.put(macro.name + "/" + macro.parameters.size(), compiled(macro, scope));
        }
        JqGuard guard = new JqGuard(budget);
        functions.forEach(
                (name, function) -> {
                    if (function instanceof JsonQueryFunction) {
                        guard.guard(function);
                        scope.addFunction(name, function);
                    } else {
                        scope.addFunction(name, new GuardedFunction(name, function, budget));
                    }
                });
        return scope;
    }

    private static Function compiled(Macro macro, Scope scope) {
        try {
            Expression body = ExpressionParser.compile(macro.body, JqEngine.VERSION);
            return new JsonQueryFunction(
                    macro.name, macro.parameters, new IsolatedScopeQuery(body), scope);
        } catch (JsonQueryException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes a text of the input. */
    @FunctionalInterface
    private interface TextMaker {
        String make(JsonNode in) throws JsonQueryException;
    }

    private static Function textOf(TextMaker maker) {
        return (scope, arguments, in, path, output, version) ->
                output.emit(TextNode.valueOf(maker.make(in)), null);
    }

    private static Function trimmed(UnaryOperator<String> trim) {
        return textOf(
                in -> {
                    if (!in.isTextual()) {
                        throw new JsonQueryException("trim input must be a string");
                    }
                    return trim.apply(in.textValue());
                });
    }

    /** The library's takes characters beyond U+FFFF for others. */
    private static String implode(JsonNode in) throws JsonQueryException {
        StringBuilder text = new StringBuilder();
        if (!in.isArray()) {
            throw new JsonQueryException("implode input must be an array");
        }
        for (JsonNode code : in) {
            if (!code.isNumber() || !Character.isValidCodePoint(code.asInt())) {
                throw new JsonQueryException("implode input must be codes of characters: " + code);
            }
            text.appendCodePoint(code.asInt());
        }
        return text.toString();
    }
}
