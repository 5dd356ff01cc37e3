package io.millrace.cli.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.rule.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewProjectTest {
    @TempDir private Path folder;

    @Test
    void itsSettingsSayWhatWasGiven() throws IOException {
        NewProject project =
                NewProject.of(
                        "plant: 7",
                        Map.of("url", "ssl://broker:8883", "username", "o'neil"),
                        Map.of("url", "https://cloud", "token", "t0ken"));
        project.write(folder);

        Settings settings = Settings.read(folder.resolve("millrace.yaml"));
        assertThat(settings.jobName()).hasValue("plant: 7");
        assertThat(settings.connections().get("mqtt"))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "type", "mqtt",
                                "url", "ssl://broker:8883",
                                "username", "o'neil",
                                "password", "${env.MQTT_PASSWORD}"));
        assertThat(settings.connections().get("tdengine"))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "type", "tdengine",
                                "url", "https://cloud",
                                "token", "${file:" + folder + "/.secrets/tdengine-token}"));
        assertThat(project.variables()).containsExactly("MQTT_PASSWORD");
        assertThat(project.secretNames()).containsExactly(".secrets/tdengine-token");
    }

    @Test
    void secretsAreForTheirOwnerOnlyAndNotForGit() throws IOException {
        NewProject.of("p", Map.of(), Map.of("password", "s3cret")).write(folder);

        Path file = folder.resolve(".secrets/tdengine-password");
        assertThat(file).hasContent("s3cret");
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        assertThat(folder.resolve(".gitignore")).content().contains(".secrets/", ".millrace/");
        assertThat(folder.resolve("millrace.yaml")).content().doesNotContain("s3cret");
    }

    @Test
    void referencesStayAsTheyAre() throws IOException {
        NewProject project =
                NewProject.of("p", Map.of(), Map.of("password", "${env.PW}", "username", "root"));
        project.write(folder);

        assertThat(Settings.read(folder.resolve("millrace.yaml")).connections().get("tdengine"))
                .containsEntry("password", "${env.PW}");
        assertThat(project.secretNames()).isEmpty();
        assertThat(project.variables()).containsExactly("PW");
    }

    @Test
    void itSeesWhatIsThereAlready() throws IOException {
        Files.createDirectories(folder.resolve("sql"));
        Files.writeString(folder.resolve("sql/temp_hum.sql"), "mine");

        assertThat(NewProject.of("p", Map.of(), Map.of()).existing(folder))
                .containsExactly("sql/temp_hum.sql");
    }
}
