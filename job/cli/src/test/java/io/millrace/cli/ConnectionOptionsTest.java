package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.rule.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ConnectionOptionsTest {
    private static Settings over(Settings settings, String... arguments) {
        ConnectionOptions options = new ConnectionOptions();
        new CommandLine(
                        CommandLine.Model.CommandSpec.create()
                                .addMixin(
                                        "it",
                                        CommandLine.Model.CommandSpec.forAnnotatedObject(options)))
                .parseArgs(arguments);
        return options.over(settings);
    }

    @Test
    void makesConnectionsOfOptions() {
        Settings settings =
                over(
                        Settings.empty(),
                        "--mqtt-url=tcp://b:1883",
                        "--mqtt-password=${env.P}",
                        "--tdengine-url=http://t:6041",
                        "--tdengine-token=abc");

        assertThat(settings.connections())
                .containsEntry(
                        "mqtt",
                        Map.of("type", "mqtt", "url", "tcp://b:1883", "password", "${env.P}"))
                .containsEntry(
                        "tdengine",
                        Map.of("type", "tdengine", "url", "http://t:6041", "token", "abc"));
    }

    @Test
    void winsOverTheSettingsFileOptionByOption() {
        Settings fromFile =
                Settings.empty()
                        .withConnection(
                                "mqtt",
                                Map.of("type", "mqtt", "url", "tcp://old", "username", "me"));

        assertThat(over(fromFile, "--mqtt-url=tcp://new").connections())
                .containsEntry(
                        "mqtt", Map.of("type", "mqtt", "url", "tcp://new", "username", "me"));
    }

    @Test
    void changesNothingIfNothingIsGiven() {
        assertThat(over(Settings.empty())).isEqualTo(Settings.empty());
    }
}
