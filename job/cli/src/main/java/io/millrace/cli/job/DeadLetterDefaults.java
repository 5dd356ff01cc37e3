package io.millrace.cli.job;

import io.millrace.cli.state.JobFolder;
import io.millrace.rule.Settings;
import java.util.Map;

/** Dead letters go to the job's folder unless a connection says otherwise. */
public final class DeadLetterDefaults {
    private static final Map<String, String> OPTION_BY_TYPE =
            Map.of("mqtt", "scan.dead-letter", "tdengine", "sink.dead-letter");

    private DeadLetterDefaults() {}

    /** The settings with a place for the dead letters of each connection. */
    public static Settings in(JobFolder folder, Settings settings) {
        Settings complete = settings;
        for (Map.Entry<String, Map<String, String>> connection :
                settings.connections().entrySet()) {
            String option = OPTION_BY_TYPE.get(connection.getValue().get("type"));
            if (option != null && !connection.getValue().containsKey(option)) {
                complete =
                        complete.withConnection(
                                connection.getKey(),
                                Map.of(option, "file:" + folder.deadLetters()));
            }
        }
        return complete;
    }
}
