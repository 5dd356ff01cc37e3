package io.millrace.cli.cluster;

import io.millrace.rule.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.IllegalConfigurationException;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.SecurityOptions;

/**
 * Where a cluster's REST API is.
 *
 * @param rest such as {@code http://localhost:8081}, without a slash at the end
 * @param origin who said so, such as {@code --flink-url}
 * @param isGuess whether nobody did, and this is where Flink listens by default
 */
public record ClusterAddress(URI rest, String origin, boolean isGuess) {
    /**
     * Finds the address: the first of these that is given.
     *
     * @param url the option's value, or nothing
     * @param settings with {@code rest.address} and {@code rest.port} among Flink's options
     * @param environment for {@code FLINK_CONF_DIR} and {@code FLINK_HOME}
     * @throws IllegalArgumentException if the URL is none; ready to print
     */
    static ClusterAddress of(
            Optional<String> url, Settings settings, Map<String, String> environment) {
        if (url.isPresent()) {
            return new ClusterAddress(parse(url.get()), "--flink-url", false);
        }
        Configuration said = Configuration.fromMap(settings.flink());
        if (namesAddress(said)) {
            return new ClusterAddress(of(said), "section 'flink' of the settings", false);
        }
        Optional<Path> folder = configurationFolder(environment);
        if (folder.isPresent()) {
            Configuration configured = load(folder.get());
            return new ClusterAddress(of(configured), folder.get() + "/config.yaml", false);
        }
        return new ClusterAddress(of(new Configuration()), "Flink's default", true);
    }

    private static boolean namesAddress(Configuration said) {
        return said.contains(RestOptions.ADDRESS) || said.contains(RestOptions.PORT);
    }

    private static Optional<Path> configurationFolder(Map<String, String> environment) {
        String folder = environment.getOrDefault("FLINK_CONF_DIR", "");
        String home = environment.getOrDefault("FLINK_HOME", "");
        if (folder.isEmpty() && home.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(folder.isEmpty() ? Path.of(home, "conf") : Path.of(folder))
                .filter(path -> Files.isReadable(path.resolve("config.yaml")));
    }

    private static Configuration load(Path folder) {
        try {
            return GlobalConfiguration.loadConfiguration(folder.toString());
        } catch (IllegalConfigurationException e) {
            throw new IllegalArgumentException(
                    "Flink's configuration in " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static URI of(Configuration flink) {
        boolean secure = flink.get(SecurityOptions.SSL_REST_ENABLED);
        String host = flink.getOptional(RestOptions.ADDRESS).orElse("localhost");
        try {
            return new URI(
                    secure ? "https" : "http",
                    null,
                    host,
                    flink.get(RestOptions.PORT),
                    null,
                    null,
                    null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "'rest.address' is '" + host + "', which is no host name.", e);
        }
    }

    private static URI parse(String text) {
        String full = text.contains("://") ? text : "http://" + text;
        try {
            URI url = new URI(full.replaceFirst("/+$", ""));
            if (url.getHost() != null && url.getScheme().matches("https?")) {
                return url;
            }
        } catch (URISyntaxException e) {
            // The same answer as to other text that is no URL.
        }
        throw new IllegalArgumentException(
                "--flink-url is '"
                        + text
                        + "'; allowed is the address of a cluster's REST API, such as"
                        + " http://localhost:8081.");
    }

    /** What Flink's own client needs to send a job here. */
    Configuration target() {
        Configuration target = new Configuration();
        boolean secure = rest.getScheme().equals("https");
        target.set(RestOptions.ADDRESS, rest.getHost());
        target.set(RestOptions.PORT, rest.getPort() >= 0 ? rest.getPort() : secure ? 443 : 80);
        if (rest.getPath() != null && !rest.getPath().isEmpty()) {
            target.set(RestOptions.PATH, rest.getPath());
        }
        target.set(SecurityOptions.SSL_REST_ENABLED, secure);
        return target;
    }

    @Override
    public String toString() {
        return rest.toString();
    }
}
