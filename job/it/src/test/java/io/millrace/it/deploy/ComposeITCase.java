package io.millrace.it.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.millrace.rule.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** {@code deploy/compose}. */
class ComposeITCase {
    private static final Path FOLDER = DeployFiles.DEPLOY.resolve("compose");
    private static final JsonNode COMPOSE = DeployFiles.yaml("compose/compose.yaml");

    @Test
    void fitsTheSchemaOfTheComposeSpecification() throws Exception {
        ObjectNode schema =
                (ObjectNode) new ObjectMapper().readTree(ComposeSchema.fetched().toFile());
        // Of no consequence here, and no address as the validator wants it.
        schema.remove("$id");
        var validator =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);

        assertThat(validator.validate(COMPOSE)).isEmpty();
        JsonNode wrong = COMPOSE.deepCopy();
        ((ObjectNode) wrong.at("/services/emqx")).put("imagee", "x");
        assertThat(validator.validate(wrong)).as("a typo").isNotEmpty();
    }

    @Test
    void whatItNamesIsThere() {
        services()
                .forEach(
                        (name, service) -> {
                            for (JsonNode secret : service.path("secrets")) {
                                assertThat(COMPOSE.path("secrets").has(secret.asText()))
                                        .as("%s of %s", secret, name)
                                        .isTrue();
                            }
                            for (JsonNode volume : service.path("volumes")) {
                                String source = volume.asText().split(":")[0];
                                if (source.startsWith(".")) {
                                    assertThat(FOLDER.resolve(source)).exists();
                                } else {
                                    assertThat(COMPOSE.path("volumes").has(source))
                                            .as(source)
                                            .isTrue();
                                }
                            }
                        });
    }

    @Test
    void aServiceStartsWhenThoseThatItNeedsAreHealthy() {
        services()
                .forEach(
                        (name, service) ->
                                service.path("depends_on")
                                        .properties()
                                        .forEach(
                                                needed -> {
                                                    JsonNode other =
                                                            services().get(needed.getKey());
                                                    assertThat(other).as(name).isNotNull();
                                                    boolean ends =
                                                            needed.getValue()
                                                                    .path("condition")
                                                                    .asText()
                                                                    .equals(
                                                                            "service_completed_successfully");
                                                    assertThat(other.has("healthcheck"))
                                                            .as("%s needs %s", name, needed)
                                                            .isNotEqualTo(ends);
                                                }));
    }

    @Test
    void isReachedFromThisMachineOnlyAndBySetVersions() {
        services()
                .forEach(
                        (name, service) -> {
                            assertThat(service.path("ports"))
                                    .allMatch(port -> port.asText().startsWith("127.0.0.1:"));
                            assertThat(service.path("image").asText())
                                    .as(name)
                                    .matches(".+:.*\\d.*")
                                    .doesNotEndWith(":latest");
                        });
    }

    @Test
    void noSecretStandsInIt() throws Exception {
        List<String> lines = new ArrayList<>();
        for (String file : List.of("compose.yaml", "millrace.yaml")) {
            lines.addAll(Files.readAllLines(FOLDER.resolve(file)));
        }
        assertThat(lines)
                .filteredOn(line -> line.matches("(?i)\\s*[^#]*password\\w*:\\s+\\S.*"))
                .allMatch(line -> line.contains("/run/secrets/"));
    }

    @Test
    void itsSettingsAndFlinksOptionsAreKnown() throws Exception {
        Settings settings = Settings.read(FOLDER.resolve("millrace.yaml"));
        assertThat(settings.connections()).containsOnlyKeys("mqtt", "tdengine");

        String properties =
                services().get("jobmanager").path("environment").path("FLINK_PROPERTIES").asText();
        assertThat(properties.lines().filter(line -> !line.startsWith("#")))
                .hasSizeGreaterThan(5)
                .allSatisfy(line -> FlinkOptions.requireKnown(line.split(":")[0].strip()));
    }

    private static Map<String, JsonNode> services() {
        Map<String, JsonNode> services = new TreeMap<>();
        COMPOSE.path("services")
                .properties()
                .forEach(entry -> services.put(entry.getKey(), entry.getValue()));
        return services;
    }
}
