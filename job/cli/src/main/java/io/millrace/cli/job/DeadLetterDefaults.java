package io.millrace.cli.job;

import io.millrace.cli.state.JobFolder;
import io.millrace.rule.Settings;
import java.util.List;
import java.util.Map;

/** Dead letters go to the job's folder unless a connection says otherwise. */
public final class DeadLetterDefaults {
    private static final Map<String, List<String>> OPTIONS_BY_TYPE =
            Map.of(
                    "mqtt", List.of("scan.dead-letter", "sink.dead-letter"),
                    "tdengine", List.of("sink.dead-letter"));

    private DeadLetterDefaults() {}

    /** The settings with a place for the dead letters of each connection. */
    public static Settings in(JobFolder folder, Settings settings) {
        Settings complete = settings;
        for (Map.Entry<String, Map<String, String>> connection :
                settings.connections().entrySet()) {
            String type = connection.getValue().getOrDefault("type", "");
            for (String option : OPTIONS_BY_TYPE.getOrDefault(type, List.of())) {
                if (!connection.getValue().containsKey(option)) {
                    complete =
                            complete.withConnection(
                                    connection.getKey(),
                                    Map.of(option, "file:" + folder.deadLetters()));
                }
            }
        }
        return complete;
    }
}
