package io.millrace.common;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * References inside option values: <code>${env.NAME}</code> is an environment variable, <code>
 * ${file:/path}</code> the text of a file without its last line break. Any other <code>${…}</code>
 * is left as it stands, since templates use that form too. Stateless.
 */
public final class References {
    private static final Pattern REFERENCE =
            Pattern.compile("\\$\\{(env\\.([A-Za-z_][A-Za-z0-9_]*)|file:([^}]+))}");

    private References() {}

    /**
     * Replaces each reference by what it stands for on this machine.
     *
     * @throws IllegalArgumentException if a variable is not set or a file cannot be read
     */
    public static String resolve(String text) {
        return resolve(text, System.getenv());
    }

    static String resolve(String text, Map<String, String> environment) {
        Matcher matcher = REFERENCE.matcher(text);
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            String value =
                    matcher.group(2) != null
                            ? variable(matcher.group(2), environment)
                            : file(matcher.group(3));
            matcher.appendReplacement(out, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(out).toString();
    }

    /** The references in a text, such as <code>${env.NAME}</code>, in their order. */
    public static List<String> in(String text) {
        return REFERENCE.matcher(text).results().map(MatchResult::group).distinct().toList();
    }

    /**
     * The same text, with the files that it refers to by relative paths taken to be in a folder.
     */
    public static String below(Path folder, String text) {
        return REFERENCE
                .matcher(text)
                .replaceAll(
                        match ->
                                Matcher.quoteReplacement(
                                        match.group(3) == null
                                                ? match.group()
                                                : "${file:"
                                                        + folder.resolve(match.group(3))
                                                        + "}"));
    }

    private static String variable(String name, Map<String, String> environment) {
        String value = environment.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "Environment variable '"
                            + name
                            + "' is not set; an option refers to it as ${env."
                            + name
                            + "}. Set it where the job runs.");
        }
        return value;
    }

    private static String file(String path) {
        try {
            return Files.readString(Path.of(path)).stripTrailing();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "File '"
                            + path
                            + "' cannot be read; an option refers to it as ${file:"
                            + path
                            + "}. It must exist where the job runs.",
                    e);
        }
    }
}
