package io.millrace.rule.emqx;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Files of conformance vectors: our own, or those of the folders that the environment names. One
 * line is printed for each file.
 */
final class Vectors {
    private static final String FOLDERS = "MILLRACE_VECTORS";
    static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS);

    private Vectors() {}

    /**
     * Runs all vectors of a kind.
     *
     * @param file the name of the file
     * @param check returns what is wrong with a vector, or null
     * @return what is wrong, by file and id
     */
    static Map<String, String> run(String file, Function<JsonNode, String> check) {
        Map<String, String> failures = new LinkedHashMap<>();
        files(file)
                .forEach(
                        (name, lines) -> {
                            Map<String, String> failed = new LinkedHashMap<>();
                            int passed = 0;
                            for (JsonNode vector : lines) {
                                String wrong = check(check, vector);
                                if (wrong == null) {
                                    passed++;
                                } else {
                                    failed.put(vector.get("id").asText(), wrong);
                                }
                            }
                            print(name, passed, failed);
                            failed.forEach((id, wrong) -> failures.put(name + " " + id, wrong));
                        });
        return failures;
    }

    private static String check(Function<JsonNode, String> check, JsonNode vector) {
        try {
            return check.apply(vector);
        } catch (RuntimeException | StackOverflowError e) {
            return "unexpected " + e;
        }
    }

    private static void print(String name, int passed, Map<String, String> failed) {
        System.out.printf(
                "vectors: %s %d passed, %d failed %s%n",
                name, passed, failed.size(), failed.isEmpty() ? "" : failed.keySet());
    }

    private static Map<String, List<JsonNode>> files(String file) {
        Map<String, List<JsonNode>> files = new LinkedHashMap<>();
        String folders = System.getenv(FOLDERS);
        try {
            if (folders == null) {
                try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + file)) {
                    files.put(file, parse(in.readAllBytes()));
                }
                return files;
            }
            for (String folder : folders.split(File.pathSeparator)) {
                Path path = Path.of(folder, file);
                if (Files.exists(path)) {
                    files.put(path.toString(), parse(Files.readAllBytes(path)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private static List<JsonNode> parse(byte[] text) throws IOException {
        List<JsonNode> vectors = new ArrayList<>();
        JSON.readerFor(JsonNode.class).<JsonNode>readValues(text).forEachRemaining(vectors::add);
        return vectors;
    }
}
