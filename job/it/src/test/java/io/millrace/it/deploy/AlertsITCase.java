package io.millrace.it.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Prometheus' own judgement of its files. */
class AlertsITCase {
    private static final Path FOLDER = DeployFiles.DEPLOY.resolve("observability");

    @Test
    void prometheusTakesItsFiles() throws Exception {
        Tool promtool = Tool.need("promtool", "prometheus");

        promtool.run(FOLDER, "check", "rules", "alerts.yml");
        promtool.run(FOLDER, "check", "config", "prometheus.yml");
        // In the container its rules lie beside it.
        promtool.run(
                FOLDER.resolveSibling("compose"),
                "check",
                "config",
                "--syntax-only",
                "prometheus.yml");
    }

    @Test
    void alertsAreRaisedByWhatTheyAreFor() throws Exception {
        Tool.need("promtool", "prometheus").run(FOLDER, "test", "rules", "alerts.test.yml");
    }

    @Test
    void eachAlertIsTestedAndSaysWhatToDo() {
        Set<String> tested = new HashSet<>();
        for (JsonNode test : DeployFiles.yaml("observability/alerts.test.yml").path("tests")) {
            test.path("alert_rule_test")
                    .forEach(alert -> tested.add(alert.path("alertname").asText()));
        }
        for (JsonNode alert :
                DeployFiles.yaml("observability/alerts.yml").path("groups").get(0).path("rules")) {
            assertThat(tested).contains(alert.path("alert").asText());
            assertThat(alert.path("annotations").path("summary").asText()).isNotEmpty();
            assertThat(alert.path("annotations").path("description").asText()).isNotEmpty();
            assertThat(alert.path("labels").path("severity").asText()).isIn("warning", "critical");
        }
    }
}
