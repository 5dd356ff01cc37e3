package io.millrace.cli.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what {@code millrace run} runs on this machine. Stateless. */
public final class LocalRuns {
    private LocalRuns() {}

    /** The runs whose state is below this folder, in the order of their names. */
    public static List<LocalRun> below(Path state) throws IOException {
        if (!Files.isDirectory(state)) {
            return List.of();
        }
        List<LocalRun> runs = new ArrayList<>();
        try (Stream<Path> folders = Files.list(state.toAbsolutePath().normalize())) {
            folders.map(folder -> LocalRun.in(new JobFolder(folder)))
                    .flatMap(Optional::stream)
                    .forEach(runs::add);
        }
        runs.sort(Comparator.comparing(LocalRun::job));
        return runs;
    }
}
