package io.millrace.cli.project;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A connection of a new project, line by line.
 *
 * @param name of the connection
 */
record Connection(String name, List<Line> lines) {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{env\\.(\\w+)}");

    /**
     * An option.
     *
     * @param comment whether it is only an example
     * @param secret whether it is a password or a token
     * @param given whether the user gave the value
     */
    record Line(String key, String value, boolean comment, boolean secret, boolean given) {}

    static Connection mqtt(Map<String, String> given) {
        List<Line> lines = new ArrayList<>();
        lines.add(line(given, "url", "tcp://localhost:1883", false));
        boolean open = !given.containsKey("username") && !given.containsKey("password");
        lines.add(line(given, "username", "millrace", open));
        lines.add(line(given, "password", "${env.MQTT_PASSWORD}", open));
        return new Connection("mqtt", lines);
    }

    static Connection tdengine(Map<String, String> given) {
        List<Line> lines = new ArrayList<>();
        lines.add(line(given, "url", "http://localhost:6041", false));
        boolean cloud = given.containsKey("token");
        if (!cloud) {
            lines.add(line(given, "username", "root", false));
            lines.add(line(given, "password", "${env.TDENGINE_PASSWORD}", false));
        }
        lines.add(line(given, "token", "${file:/run/secrets/tdengine-token}", !cloud));
        return new Connection("tdengine", lines);
    }

    private static Line line(
            Map<String, String> given, String key, String otherwise, boolean comment) {
        boolean secret = key.equals("password") || key.equals("token");
        return given.containsKey(key)
                ? new Line(key, given.get(key), false, secret, true)
                : new Line(key, otherwise, comment, secret, false);
    }

    /** Environment variables that it refers to. */
    List<String> variables() {
        List<String> variables = new ArrayList<>();
        for (Line line : lines) {
            Matcher variable = VARIABLE.matcher(line.value());
            if (!line.comment() && variable.find()) {
                variables.add(variable.group(1));
            }
        }
        return variables;
    }
}
