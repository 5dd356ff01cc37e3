package io.millrace.cli.connection;

import io.millrace.common.Problems;
import io.millrace.common.probe.Check;
import io.millrace.common.probe.Checklist;
import io.millrace.common.probe.Finding;
import io.millrace.mqtt.MqttOptions;
import io.millrace.mqtt.probe.MqttProbe;
import io.millrace.mqtt.probe.MqttProbeRequest;
import io.millrace.mqtt.source.MqttSourceSettings;
import io.millrace.rule.JobDefaults;
import io.millrace.rule.RuleException;
import io.millrace.rule.plan.ConnectionUses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;

/** Tests a connection to a broker. */
final class MqttTest {
    private final TestRequest request;
    private final String name;
    private final Map<String, String> options;

    MqttTest(TestRequest request, String name) {
        this.request = request;
        this.name = name;
        this.options = request.settings().connections().get(name);
    }

    List<Check> run() {
        Checklist own = new Checklist();
        Optional<Finding> problem = ConnectionOptionsCheck.problem(name, options);
        if (problem.isPresent()) {
            own.note("options", problem.get());
            return own.checks();
        }
        MqttSourceSettings settings = settings();
        List<String> filters = filters();
        List<Check> checks =
                new ArrayList<>(
                        new MqttProbe(
                                        new MqttProbeRequest(
                                                settings.connection(),
                                                filters,
                                                settings.qos(),
                                                request.publish(),
                                                request.timeout(),
                                                checkpointInterval()))
                                .run());
        own.run(
                "take-over",
                () ->
                        new TakeOver(request.settings(), request.jobs())
                                .look(
                                        Optional.ofNullable(
                                                options.get(MqttOptions.CLIENT_ID_PREFIX.key())),
                                        filters));
        checks.addAll(own.checks());
        return checks;
    }

    private List<String> filters() {
        return request.topics().isEmpty()
                ? List.copyOf(
                        request.uses().getOrDefault(name, ConnectionUses.Of.NOTHING).filters())
                : request.topics();
    }

    private MqttSourceSettings settings() {
        Map<String, String> read = new HashMap<>(options);
        read.remove("type");
        read.remove("default-database");
        Configuration configuration = Configuration.fromMap(read);
        // A filter that goes with all options; the catalog has checked them.
        configuration.set(MqttOptions.TOPIC, "$share/any/millrace-test");
        configuration.removeConfig(MqttOptions.SCAN_DEDUPLICATION);
        Problems problems = new Problems();
        MqttSourceSettings settings = MqttSourceSettings.read(configuration, "test", problems);
        problems.throwIfAny(RuleException::new);
        return settings;
    }

    private Duration checkpointInterval() {
        return Configuration.fromMap(request.settings().flink())
                .getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL)
                .orElse(JobDefaults.CHECKPOINT_INTERVAL);
    }
}
