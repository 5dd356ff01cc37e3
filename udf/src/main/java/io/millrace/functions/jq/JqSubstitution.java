package io.millrace.functions.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
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

/** What the library's {@code sub} and {@code gsub} call. */
record JqSubstitution(JqBudget budget) implements Function {
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
        for (JsonNode flags : JqMatch.results(arguments.get(2), scope, in)) {
            for (JsonNode expression : JqMatch.results(arguments.get(0), scope, in)) {
                JqPattern pattern = JqMatch.pattern(expression, flags);
                substitute(scope, in.textValue(), pattern, arguments.get(1), output);
            }
        }
    }

    /** Several replacements give several texts. */
    private void substitute(
            Scope scope, String text, JqPattern pattern, Expression replacement, PathOutput output)
            throws JsonQueryException {
        Matcher matcher = pattern.matcher(text, budget);
        List<StringBuilder> texts = List.of(new StringBuilder());
        int end = 0;
        while (matcher.find()) {
            String between = text.substring(end, matcher.start());
            texts.forEach(start -> append(start, between));
            JsonNode captures = captures(matcher, pattern);
            texts = continued(texts, JqMatch.results(replacement, scope, captures));
            end = matcher.end();
            if (!pattern.all()) {
                break;
            }
        }
        for (StringBuilder start : texts) {
            append(start, text.substring(end));
            output.emit(TextNode.valueOf(start.toString()), null);
        }
    }

    /** Each text with each replacement behind it. */
    private List<StringBuilder> continued(List<StringBuilder> starts, List<JsonNode> replacements)
            throws JsonQueryException {
        List<StringBuilder> texts = new ArrayList<>();
        for (JsonNode part : replacements) {
            if (!part.isTextual()) {
                throw new JsonQueryException("a match is replaced by a string only");
            }
            for (StringBuilder start : starts) {
                StringBuilder text = start;
                if (replacements.size() > 1) {
                    text = new StringBuilder();
                    append(text, start);
                }
                append(text, part.textValue());
                texts.add(text);
            }
        }
        return texts;
    }

    private void append(StringBuilder text, CharSequence more) {
        budget.limit((double) text.length() + more.length(), JqBudget.MOST_TEXT);
        budget.spend(1 + more.length() / 16);
        text.append(more);
    }

    private static ObjectNode captures(Matcher matcher, JqPattern pattern) {
        ObjectNode captures = JsonNodeFactory.instance.objectNode();
        for (int group = 1; group <= matcher.groupCount(); group++) {
            String name = pattern.names().get(group);
            if (name != null) {
                captures.put(name, matcher.group(group));
            }
        }
        return captures;
    }
}
