package io.millrace.it.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files in {@code deploy/}. */
final class DeployFiles {
    static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
    static final Path DEPLOY = ROOT.resolve("deploy");

    private static final ObjectMapper JSON = new ObjectMapper();

    private DeployFiles() {}

    /** All files below a folder of {@code deploy/} whose names end so; none that git ignores. */
    static List<Path> endingWith(String... ends) {
        try (Stream<Path> files = Files.walk(DEPLOY)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("/secrets/"))
                    .filter(file -> Stream.of(ends).anyMatch(file.toString()::endsWith))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(String name) {
        try {
            return Files.readString(DEPLOY.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The documents of a file, with its anchors and merges resolved. */
    static List<JsonNode> yaml(Path file) {
        try (Reader reader = Files.newBufferedReader(file)) {
            List<JsonNode> documents = new ArrayList<>();
            for (Object document : loader().loadAll(reader)) {
                documents.add(JSON.valueToTree(document));
            }
            return documents;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one document of a file below {@code deploy/}. */
    static JsonNode yaml(String name) {
        return yaml(DEPLOY.resolve(name)).get(0);
    }

    /** The one document of a file of the class path. */
    static JsonNode yamlResource(String name) {
        try (InputStream in = DeployFiles.class.getResourceAsStream(name)) {
            return JSON.valueToTree(loader().load(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Yaml loader() {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return new Yaml(new SafeConstructor(options));
    }
}
