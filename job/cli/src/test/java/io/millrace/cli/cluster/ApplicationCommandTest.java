package io.millrace.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.rule.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ApplicationCommandTest {
    private static final FlinkHome HOME = new FlinkHome(Path.of("/flink"));

    private static SubmitRequest request(Path... files) {
        return new SubmitRequest(
                Settings.empty().withJobName("Plant 7"),
                Optional.of(Path.of("millrace.yaml")),
                List.of(files),
                Optional.of("file:/s"));
    }

    @Test
    void putsTheProgramsArgumentsBehindAllOfFlinks() {
        List<String> words =
                ApplicationCommand.standalone(
                                HOME,
                                request(Path.of("/r/a.sql")),
                                new JobJar(Path.of("/m/millrace-job.jar")),
                                Map.of("rest.port", "8082"))
                        .words();
        assertThat(words)
                .startsWith(
                        "/flink/bin/standalone-job.sh",
                        "start",
                        "-Drest.port=8082",
                        "--fromSavepoint",
                        "file:/s",
                        "--jars",
                        "file:///m/millrace-job.jar",
                        "--job-classname",
                        "io.millrace.rule.JobMain",
                        "/r/a.sql",
                        "--settings")
                .endsWith("--name", "Plant 7");
    }

    @Test
    void namesFilesOfTheImageByTheirPlaceInTheProject() {
        List<String> words =
                ApplicationCommand.kubernetes(
                                HOME,
                                request(Path.of("sql/a.sql")),
                                Optional.of("plant:7"),
                                Optional.empty(),
                                Map.of())
                        .words();
        assertThat(words)
                .containsSubsequence(
                        "run",
                        "-t",
                        "kubernetes-application",
                        "-Dkubernetes.cluster-id=plant-7",
                        "-Dkubernetes.container.image.ref=plant:7",
                        "-c",
                        "io.millrace.rule.JobMain",
                        "local:///opt/flink/usrlib/millrace-job.jar",
                        "/opt/millrace/sql/a.sql",
                        "--settings",
                        "/opt/millrace/millrace.yaml");
    }

    @Test
    void aConfigMapHasNoFolders() {
        SubmitRequest request = request(Path.of("../rules/a.sql"));
        List<String> words =
                ApplicationCommand.kubernetes(
                                HOME,
                                request,
                                Optional.of("plant:7"),
                                Optional.of(Path.of("/t.yaml")),
                                Map.of())
                        .words();
        assertThat(words)
                .contains("/opt/millrace/a.sql", "-Dkubernetes.pod-template-file.default=/t.yaml");
        assertThat(ApplicationCommand.configMapCommand("rules", request))
                .isEqualTo(
                        "kubectl create configmap rules --from-file=../rules/a.sql"
                                + " --from-file=millrace.yaml");
    }

    @Test
    void refusesFilesWhosePlaceInTheImageIsNotKnown() {
        assertThatThrownBy(
                        () ->
                                ApplicationCommand.kubernetes(
                                        HOME,
                                        request(Path.of("../a.sql")),
                                        Optional.of("plant:7"),
                                        Optional.empty(),
                                        Map.of()))
                .hasMessageStartingWith("'../a.sql' is outside of the working directory");
    }

    @Test
    void asksForAnImage() {
        assertThatThrownBy(
                        () ->
                                ApplicationCommand.kubernetes(
                                        HOME,
                                        request(Path.of("a.sql")),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Map.of()))
                .hasMessageContaining("--image");
    }

    @Test
    void namesPodsAsKubernetesAllows() {
        assertThat(ApplicationCommand.clusterId("7 Räder_rollen!")).isEqualTo("r-der-rollen");
        assertThat(ApplicationCommand.clusterId("x".repeat(99))).hasSize(45);
        assertThat(ApplicationCommand.clusterId("77")).isEqualTo("millrace");
    }

    @Test
    void printsACommandThatCanBePasted() {
        assertThat(new ApplicationCommand(List.of("bin/x", "-Da=b c")).toString().lines())
                .containsExactly("bin/x \\", "    '-Da=b c'");
    }
}
