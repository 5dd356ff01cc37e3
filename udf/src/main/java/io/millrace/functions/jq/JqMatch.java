package io.millrace.functions.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.path.Path;

/** What the library's {@code match}, {@code test}, {@code capture} and {@code scan} call. */
record JqMatch(JqBudget budget) implements Function {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    @Override
    public void apply(
            Scope scope,
            List<Expression> arguments,
            JsonNode in,
            Path path,
            PathOutput output,
            Version version)
            throws JsonQueryException {
        if (!in.isTextual()) {
            throw new JsonQueryException("a value that is no string cannot be matched");
        }
        for (JsonNode test : results(arguments.get(2), scope, in)) {
            for (JsonNode flags : results(arguments.get(1), scope, in)) {
                for (JsonNode expression : results(arguments.get(0), scope, in)) {
                    JqPattern pattern = pattern(expression, flags);
                    output.emit(answer(in.textValue(), pattern, test.asBoolean()), null);
                }
            }
        }
    }

    /** All results of an argument. */
    static List<JsonNode> results(Expression argument, Scope scope, JsonNode in)
            throws JsonQueryException {
        List<JsonNode> results = new ArrayList<>();
        argument.apply(scope, in, results::add);
        return results;
    }

    static JqPattern pattern(JsonNode expression, JsonNode flags) throws JsonQueryException {
        if (!expression.isTextual() || !flags.isTextual() && !flags.isNull()) {
            throw new JsonQueryException("a regex and its flags must be strings");
        }
        return JqPattern.compile(expression.textValue(), flags.textValue());
    }

    private JsonNode answer(String text, JqPattern pattern, boolean test) {
        Matcher matcher = pattern.matcher(text, budget);
        if (test) {
            return BooleanNode.valueOf(matcher.find());
        }
        ArrayNode matches = NODES.arrayNode();
        while (matcher.find()) {
            boolean empty = matcher.start() == matcher.end();
            if (!empty || !pattern.skipsEmpty()) {
                matches.add(match(text, matcher, pattern));
            }
            if (!pattern.all()) {
                break;
            }
        }
        return matches;
    }

    private ObjectNode match(String text, Matcher matcher, JqPattern pattern) {
        ObjectNode match = part(text, matcher, 0);
        ArrayNode captures = match.putArray("captures");
        for (int group = 1; group <= matcher.groupCount(); group++) {
            captures.add(part(text, matcher, group).put("name", pattern.names().get(group)));
        }
        budget.spend(captures.size());
        return match;
    }

    /** Positions count characters. */
    private ObjectNode part(String text, Matcher matcher, int group) {
        int start = matcher.start(group);
        if (start < 0) {
            return NODES.objectNode().put("offset", -1).put("length", 0).putNull("string");
        }
        budget.spend(start / 16);
        return NODES.objectNode()
                .put("offset", text.codePointCount(0, start))
                .put("length", text.codePointCount(start, matcher.end(group)))
                .put("string", matcher.group(group));
    }
}
