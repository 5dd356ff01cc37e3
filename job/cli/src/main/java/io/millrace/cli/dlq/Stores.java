package io.millrace.cli.dlq;

import io.millrace.cli.state.JobFolder;
import io.millrace.rule.RuleException;
import io.millrace.rule.Settings;
import io.millrace.tdengine.letters.LetterTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds where letters are. */
public final class Stores {
    private static final List<String> OPTIONS = List.of("scan.dead-letter", "sink.dead-letter");

    private final Connections connections;
    private final Map<String, LetterStore> stores = new LinkedHashMap<>();

    private Stores(Connections connections) {
        this.connections = connections;
    }

    /** Those that were named: folders, files and {@code table:NAME}. */
    public static List<LetterStore> named(List<String> sources, Connections connections) {
        Stores stores = new Stores(connections);
        for (String source : sources) {
            if (source.startsWith("table:")) {
                stores.addTable(source.substring("table:".length()), null);
                continue;
            }
            Path path = Path.of(withoutScheme(source));
            if (!Files.isReadable(path)) {
                throw new RuleException(
                        "Dead letters '%s' cannot be read; give a folder, a file or table:NAME."
                                .formatted(source));
            }
            stores.addPath(path);
        }
        return List.copyOf(stores.stores.values());
    }

    /**
     * All that the settings name and those of jobs below a folder.
     *
     * @param state where jobs keep their state
     */
    public static List<LetterStore> of(Settings settings, Path state, Connections connections)
            throws IOException {
        Stores stores = new Stores(connections);
        for (Path folder : jobFolders(settings, state)) {
            if (Files.isDirectory(folder)) {
                stores.addPath(folder);
            }
        }
        settings.connections()
                .forEach(
                        (name, options) ->
                                OPTIONS.forEach(key -> stores.addTarget(name, options.get(key))));
        return List.copyOf(stores.stores.values());
    }

    private static List<Path> jobFolders(Settings settings, Path state) throws IOException {
        if (settings.jobName().isPresent()) {
            return List.of(JobFolder.of(state, settings.jobName().get()).deadLetters());
        }
        if (!Files.isDirectory(state)) {
            return List.of();
        }
        try (Stream<Path> jobs = Files.list(state)) {
            return jobs.sorted().map(job -> new JobFolder(job).deadLetters()).toList();
        }
    }

    private void addTarget(String connection, String target) {
        if (target == null) {
            return;
        }
        if (target.startsWith("file:")) {
            Path folder = Path.of(withoutScheme(target));
            if (Files.isDirectory(folder)) {
                addPath(folder);
            }
        } else if (target.startsWith("table:")) {
            addTable(target.substring("table:".length()), connection);
        }
    }

    private static String withoutScheme(String source) {
        return source.replaceFirst("^file:(//(?=/))?", "");
    }

    private void addPath(Path path) {
        FileStore store = new FileStore(path);
        stores.put("file:" + path.toAbsolutePath().normalize(), store);
    }

    private void addTable(String name, String connection) {
        String database = name.indexOf('.') < 0 ? connections.database(connection) : null;
        try {
            LetterTable table = LetterTable.parse(name, database);
            stores.put(
                    connection + " table:" + table,
                    new TableStore(
                            table, () -> connections.tdengine(connection), connection == null));
        } catch (IllegalArgumentException e) {
            throw new RuleException(e.getMessage(), e);
        }
    }
}
