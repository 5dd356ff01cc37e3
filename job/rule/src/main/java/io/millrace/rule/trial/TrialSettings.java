package io.millrace.rule.trial;

import io.millrace.rule.Settings;
import io.millrace.rule.plan.RuleClock;
import io.millrace.tdengine.catalog.TDengineCatalogOptions;
import io.millrace.tdengine.table.TDengineConnectorOptions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.table.api.TableEnvironment;

/** What is different about the settings of a trial. Stateless. */
final class TrialSettings {
    private static final String TYPE = "type";
    private static final String MQTT = "mqtt";
    private static final String TDENGINE = "tdengine";

    /** Nobody listens there, and nobody is asked. */
    private static final String NOWHERE = "localhost:1";

    private TrialSettings() {}

    /** The settings of a trial: servers are asked at most, and need not be set up for no reason. */
    static Settings of(TrialRequest request) {
        Settings settings = request.settings();
        if (!has(settings, MQTT)) {
            settings = settings.withConnection(MQTT, Map.of(TYPE, MQTT, "url", "tcp://" + NOWHERE));
        }
        if (!has(settings, TDENGINE) && (request.offline() || !request.tables().isBlank())) {
            settings =
                    settings.withConnection(
                            TDENGINE,
                            Map.of(
                                    TYPE,
                                    TDENGINE,
                                    "url",
                                    "http://" + NOWHERE,
                                    "username",
                                    "nobody",
                                    "password",
                                    "none"));
        }
        for (String name : settings.connections().keySet()) {
            if (TDENGINE.equals(settings.connections().get(name).get(TYPE))) {
                settings =
                        settings.withConnection(
                                name,
                                Map.of(
                                        TDengineCatalogOptions.ACCESS.key(),
                                        request.offline() ? "none" : "read",
                                        TDengineCatalogOptions.TABLES.key(),
                                        request.tables(),
                                        // They are told, wherever they would go.
                                        TDengineConnectorOptions.SINK_DEAD_LETTER.key(),
                                        "fail"));
            }
        }
        Map<String, String> flink = new LinkedHashMap<>();
        job().toMap().forEach(flink::put);
        request.clock().ifPresent(moment -> flink.put(RuleClock.OPTION.key(), moment.toString()));
        return settings.withFlink(flink);
    }

    private static boolean has(Settings settings, String type) {
        return settings.connections().values().stream()
                .anyMatch(options -> type.equals(options.get(TYPE)));
    }

    /** Once more, for what a rule file sets. */
    static void apply(TableEnvironment tables) {
        job().toMap().forEach((key, value) -> tables.getConfig().set(key, value));
    }

    /** One task, whose checkpoints are what lets the next message in. */
    private static Configuration job() {
        Configuration job = new Configuration();
        job.set(CoreOptions.DEFAULT_PARALLELISM, 1);
        job.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(10));
        job.set(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS, Duration.ZERO);
        job.set(CheckpointingOptions.CHECKPOINTING_INTERVAL_DURING_BACKLOG, Duration.ZERO);
        job.set(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH, false);
        job.set(CheckpointingOptions.CHECKPOINT_STORAGE, "jobmanager");
        job.set(CheckpointingOptions.ENABLE_UNALIGNED, false);
        job.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
        return job;
    }
}
