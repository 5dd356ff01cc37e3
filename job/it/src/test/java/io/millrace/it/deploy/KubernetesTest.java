package io.millrace.it.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBuilder;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.millrace.rule.JobMain;
import io.millrace.rule.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.junit.jupiter.api.Test;

/** {@code deploy/kubernetes}. */
class KubernetesTest {
    private static final Path FOLDER = DeployFiles.DEPLOY.resolve("kubernetes");
    private static final JsonNode KUSTOMIZATION = DeployFiles.yaml("kubernetes/kustomization.yaml");
    private static final JsonNode DEPLOYMENT = DeployFiles.yaml("kubernetes/deployment.yaml");

    private static final Map<String, Class<?>> KINDS =
            Map.of(
                    "v1/Namespace", Namespace.class,
                    "v1/PersistentVolumeClaim", PersistentVolumeClaim.class,
                    "v1/ServiceAccount", ServiceAccount.class,
                    "v1/Secret", Secret.class,
                    "rbac.authorization.k8s.io/v1/Role", Role.class,
                    "rbac.authorization.k8s.io/v1/RoleBinding", RoleBinding.class,
                    "policy/v1/PodDisruptionBudget", PodDisruptionBudget.class);

    @Test
    void itsObjectsAreThoseOfKubernetesApi() throws Exception {
        List<String> seen = new ArrayList<>();
        for (JsonNode resource : KUSTOMIZATION.path("resources")) {
            for (JsonNode object : DeployFiles.yaml(FOLDER.resolve(resource.asText()))) {
                String kind =
                        object.path("apiVersion").asText() + "/" + object.path("kind").asText();
                seen.add(kind);
                if (!kind.endsWith("/FlinkDeployment")) {
                    assertThat(KINDS).containsKey(kind);
                    strict().treeToValue(object, KINDS.get(kind));
                }
            }
        }
        assertThat(seen)
                .containsAll(KINDS.keySet())
                .contains("flink.apache.org/v1beta1/FlinkDeployment");
    }

    @Test
    void aTypoInAnObjectIsNoticed() {
        ObjectNode budget = DeployFiles.yaml("kubernetes/disruption.yaml").deepCopy();
        budget.withObjectProperty("spec").put("maxUnavailible", 1);

        assertThat(catchThrowable(() -> strict().treeToValue(budget, PodDisruptionBudget.class)))
                .isInstanceOf(JsonProcessingException.class)
                .hasMessageContaining("maxUnavailible");
    }

    @Test
    void theDeploymentFitsTheSchemaOfFlinksOperator() {
        JsonSchema schema = flinkDeployment();
        ObjectNode typo = DEPLOYMENT.path("spec").deepCopy();
        typo.withObjectProperty("job").put("entryKlass", "x");

        assertThat(schema.validate(DEPLOYMENT.path("spec"))).isEmpty();
        assertThat(schema.validate(typo)).as("a typo").isNotEmpty();
    }

    @Test
    void theDeploymentNamesWhatIsThere() throws Exception {
        JsonNode spec = DEPLOYMENT.path("spec");
        assertThat(spec.at("/job/entryClass").asText()).isEqualTo(JobMain.class.getName());
        String dockerfile = DeployFiles.text("compose/Dockerfile");
        assertThat(dockerfile)
                .contains(spec.at("/job/jarURI").asText().replaceFirst("^local://", ""));
        assertThat(spec.path("image").asText())
                .isEqualTo(KUSTOMIZATION.at("/images/0/name").asText());
        assertThat(spec.path("serviceAccount").asText()).isEqualTo("millrace");

        JsonNode rules = KUSTOMIZATION.at("/configMapGenerator/0");
        JsonNode volumes = spec.at("/podTemplate/spec/volumes");
        assertThat(volumes.findValue("configMap").path("name").asText())
                .isEqualTo(rules.path("name").asText());
        assertThat(volumes.findValue("secret").path("secretName").asText())
                .isEqualTo(
                        DeployFiles.yaml("kubernetes/secrets.yaml").at("/metadata/name").asText());
        assertThat(volumes.findValue("claimName").asText())
                .isEqualTo(
                        DeployFiles.yaml("kubernetes/storage.yaml").at("/metadata/name").asText());

        List<String> mounted = new ArrayList<>();
        for (JsonNode file : rules.path("files")) {
            String[] parts = file.asText().split("=");
            assertThat(FOLDER.resolve(parts[parts.length - 1])).exists();
            mounted.add("/opt/millrace/" + parts[0]);
        }
        for (JsonNode argument : spec.at("/job/args")) {
            if (argument.asText().startsWith("/")) {
                assertThat(mounted).contains(argument.asText());
            }
        }
        assertThat(FOLDER.resolve("rules/temp_hum.sql"))
                .hasSameTextualContentAs(DeployFiles.ROOT.resolve("sql/temp_hum.sql"));
    }

    @Test
    void itsSettingsAndFlinksOptionsAreKnown() throws Exception {
        Settings settings = Settings.read(FOLDER.resolve("millrace.yaml"));
        assertThat(settings.connections()).containsOnlyKeys("mqtt", "tdengine");
        JsonNode secret = DeployFiles.yaml("kubernetes/secrets.yaml").path("stringData");
        settings.connections()
                .values()
                .forEach(
                        connection ->
                                assertThat(
                                                secret.has(
                                                        connection
                                                                .get("password")
                                                                .replaceFirst(".*/", "")
                                                                .replace("}", "")))
                                        .isTrue());
        DEPLOYMENT
                .at("/spec/flinkConfiguration")
                .properties()
                .forEach(entry -> FlinkOptions.requireKnown(entry.getKey()));
    }

    private static JsonSchema flinkDeployment() {
        JsonNode definition =
                DeployFiles.yamlResource(
                        "/META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml");
        ObjectNode spec =
                definition.at("/spec/versions/0/schema/openAPIV3Schema/properties/spec").deepCopy();
        // Newer operators know newer versions of Flink; the schema at hand does not.
        ((ObjectNode) spec.at("/properties/flinkVersion")).remove("enum");
        assertThat(DEPLOYMENT.at("/spec/flinkVersion").asText())
                .isEqualTo("v" + flinkVersion().replace('.', '_'));
        close(spec);
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(spec);
    }

    /** As Flink's jars say, without the last number. */
    private static String flinkVersion() {
        return EnvironmentInformation.getVersion().replaceFirst("\\.\\d+$", "");
    }

    /** Kubernetes drops what a schema does not name; here it is an error. */
    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object) {
            if (object.path("properties").isObject()
                    && !object.has("additionalProperties")
                    && !object.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
                object.put("additionalProperties", false);
            }
        }
        schema.forEach(KubernetesTest::close);
    }

    /** The model takes whatever it does not know; this one does not. */
    private static ObjectMapper strict() {
        SimpleModule module = new SimpleModule();
        module.setDeserializerModifier(
                new BeanDeserializerModifier() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public BeanDeserializerBuilder updateBuilder(
                            DeserializationConfig config,
                            BeanDescription description,
                            BeanDeserializerBuilder builder) {
                        builder.setAnySetter(null);
                        return builder;
                    }
                });
        return new ObjectMapper().registerModule(module);
    }
}
