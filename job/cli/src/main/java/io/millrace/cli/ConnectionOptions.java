package io.millrace.cli;

import io.millrace.rule.Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Connections given on the command line. Each value wins over the settings file's. */
final class ConnectionOptions {
    @ArgGroup(exclusive = false, heading = "%n@|bold Broker|@ (connection 'mqtt'):%n")
    private Mqtt mqtt = new Mqtt();

    @ArgGroup(exclusive = false, heading = "%n@|bold TDengine|@ (connection 'tdengine'):%n")
    private TDengine tdengine = new TDengine();

    /** Options of the broker. */
    static final class Mqtt {
        @Option(
                names = "--mqtt-url",
                paramLabel = "URL",
                description = "For example tcp://localhost:1883 or ssl://broker:8883.")
        private String url;

        @Option(names = "--mqtt-username", paramLabel = "NAME", description = "User name.")
        private String username;

        @Option(
                names = "--mqtt-password",
                paramLabel = "TEXT",
                arity = "0..1",
                interactive = true,
                description =
                        "Password; better '$${env.NAME}', an environment variable. Asked for if"
                                + " nothing follows.")
        private String password;

        private Map<String, String> given() {
            Map<String, String> given = new LinkedHashMap<>();
            put(given, "url", url);
            put(given, "username", username);
            put(given, "password", password);
            return given;
        }
    }

    /** Options of TDengine. */
    static final class TDengine {
        @Option(
                names = "--tdengine-url",
                paramLabel = "URL",
                description = "For example http://localhost:6041, where taosAdapter listens.")
        private String url;

        @Option(names = "--tdengine-username", paramLabel = "NAME", description = "User name.")
        private String username;

        @Option(
                names = "--tdengine-password",
                paramLabel = "TEXT",
                arity = "0..1",
                interactive = true,
                description = "Password, as above.")
        private String password;

        @Option(
                names = "--tdengine-token",
                paramLabel = "TEXT",
                arity = "0..1",
                interactive = true,
                description = "Token of TDengine Cloud, instead of name and password.")
        private String token;

        private Map<String, String> given() {
            Map<String, String> given = new LinkedHashMap<>();
            put(given, "url", url);
            put(given, "username", username);
            put(given, "password", password);
            put(given, "token", token);
            return given;
        }
    }

    private static void put(Map<String, String> given, String key, String value) {
        if (value != null) {
            given.put(key, value);
        }
    }

    /** Something that was given here, for a message. */
    Optional<String> given() {
        return Stream.concat(
                        mqtt.given().keySet().stream().map(key -> "--mqtt-" + key),
                        tdengine.given().keySet().stream().map(key -> "--tdengine-" + key))
                .findFirst();
    }

    /** The settings with what was given here. */
    Settings over(Settings settings) {
        return with(with(settings, "mqtt", mqtt.given()), "tdengine", tdengine.given());
    }

    private static Settings with(Settings settings, String type, Map<String, String> given) {
        if (given.isEmpty()) {
            return settings;
        }
        Map<String, String> options = new LinkedHashMap<>(given);
        options.put("type", type);
        return settings.withConnection(type, options);
    }
}
