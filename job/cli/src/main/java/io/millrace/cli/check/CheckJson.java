package io.millrace.cli.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.millrace.rule.Problem;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What a check found, as one JSON document. Stateless. */
public final class CheckJson {
    private CheckJson() {}

    /** The document. */
    public static String of(CheckOutcome outcome) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("ok", outcome.exitCode() == 0);
        document.put("files", outcome.files().stream().map(Path::toString).toList());
        document.put("rules", outcome.rules());
        document.put("topics", outcome.topics());
        document.put("problems", outcome.problems().stream().map(CheckJson::problem).toList());
        document.put("offline", outcome.offline());
        document.put("unreachable", outcome.unreachable());
        if (!outcome.explain().isEmpty()) {
            document.put("explain", outcome.explain());
        }
        try {
            return new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> problem(Problem problem) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("severity", problem.severity().name().toLowerCase(Locale.ROOT));
        if (!problem.file().isEmpty()) {
            members.put("file", problem.file());
        }
        if (problem.line() > 0) {
            members.put("line", problem.line());
            members.put("column", problem.column());
            members.put("source", problem.source());
        }
        members.put("message", problem.message());
        if (!problem.remedy().isEmpty()) {
            members.put("remedy", problem.remedy());
        }
        return members;
    }
}
