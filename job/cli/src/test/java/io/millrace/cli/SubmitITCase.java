package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code millrace submit} without a cluster: what it refuses, and the commands that it makes. */
class SubmitITCase {
    @TempDir private Path folder;

    @BeforeEach
    void makeProject() throws IOException {
        Files.createDirectory(folder.resolve("sql"));
        Files.writeString(
                folder.resolve("sql/plant.sql"),
                "INSERT INTO tdengine.iot.t SELECT payload.v FROM \"a/b\";\n");
        Files.writeString(
                folder.resolve("millrace.yaml"),
                """
                connections:
                  mqtt: {type: mqtt, url: "tcp://broker:1883"}
                  tdengine: {type: tdengine, url: "http://db:6041", token: "${env.TOKEN}"}
                flink:
                  execution.checkpointing.dir: file:///mnt/flink/checkpoints
                """);
        Path flink = Files.createDirectories(folder.resolve("flink/bin")).resolve("flink");
        Files.writeString(flink, "#!/bin/sh\nprintf '%s\\n' \"$@\" > arguments.txt\n");
        assertThat(flink.toFile().setExecutable(true)).isTrue();
    }

    private String call(int code, String... arguments) throws IOException, InterruptedException {
        try (MillraceProcess process = MillraceProcess.start(folder, arguments)) {
            assertThat(process.exitCode()).as(process.output()).isEqualTo(code);
            return process.output();
        }
    }

    @Test
    void startsPodsByFlinksOwnClient() throws Exception {
        String output =
                call(
                        0,
                        "submit",
                        "--target",
                        "kubernetes-application",
                        "--flink-home",
                        "flink",
                        "--image",
                        "plant:7",
                        "--config-map",
                        "rules",
                        "-D",
                        "kubernetes.namespace=plant");

        assertThat(output)
                .contains(
                        "kubectl create configmap rules --from-file=sql/plant.sql"
                                + " --from-file=millrace.yaml",
                        "The pods need ${env.TOKEN}");
        assertThat(Files.readAllLines(folder.resolve("arguments.txt")))
                .startsWith("run", "-t", "kubernetes-application")
                .contains(
                        "-Dkubernetes.namespace=plant",
                        "-Dkubernetes.container.image.ref=plant:7",
                        "-Dexecution.checkpointing.dir=file:///mnt/flink/checkpoints")
                .endsWith(
                        "-c",
                        "io.millrace.rule.JobMain",
                        "local:///opt/flink/usrlib/millrace-job.jar",
                        "/opt/millrace/plant.sql",
                        "--settings",
                        "/opt/millrace/millrace.yaml",
                        "--name",
                        "plant");
        assertThat(folder.resolve(".millrace/plant.pod.yaml")).content().contains("name: rules");
    }

    @Test
    void tellsWhatStandsInTheWay() throws Exception {
        assertThat(call(1, "submit", "--flink-url", "http://127.0.0.1:9"))
                .contains("No Flink cluster answers at http://127.0.0.1:9", "connection refused")
                .doesNotContain("\tat ");
        assertThat(call(2, "submit", "--image", "x")).contains("--image needs --target");
        assertThat(call(2, "submit", "--target", "yarn"))
                .contains("allowed are session, application, kubernetes-application.");
        assertThat(call(2, "submit", "--target", "application", "--mqtt-url", "tcp://x"))
                .contains("--mqtt-url cannot be handed over");
        assertThat(call(1, "submit", "--target", "application", "--flink-home", "none"))
                .contains("There is no Flink in 'none': bin/flink is missing.");
    }
}
