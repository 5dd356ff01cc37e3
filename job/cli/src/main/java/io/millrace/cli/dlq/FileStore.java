package io.millrace.cli.dlq;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Letters in files of JSON lines. A running job may be writing them, so that they are never
 * changed: which lines were replayed stands in a file {@code NAME.replayed} beside each.
 */
public final class FileStore implements LetterStore {
    private static final Logger LOG = LoggerFactory.getLogger(FileStore.class);
    private static final String LETTERS = ".jsonl";
    private static final String REPLAYED = ".replayed";
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final TypeReference<Map<String, Object>> MEMBERS = new TypeReference<>() {};

    private final Path path;
    private FileChannel marks;

    /** Letters of one file or of all files of a folder. */
    public FileStore(Path path) {
        this.path = path;
    }

    @Override
    public String name() {
        return "file:" + path;
    }

    @Override
    public void read(Instant since, boolean toMark, Reader reader) throws Exception {
        for (Path file : files()) {
            Set<Integer> done = replayed(file);
            if (toMark) {
                openMarks(file);
            }
            if (!read(file, done, since, reader)) {
                return;
            }
        }
    }

    /** By the time at which they were begun, which their names have behind the owner's. */
    private List<Path> files() throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> all = Files.list(path)) {
            return all.filter(file -> file.getFileName().toString().endsWith(LETTERS))
                    .sorted(
                            Comparator.comparing(FileStore::begun)
                                    .thenComparing(Comparator.naturalOrder()))
                    .toList();
        }
    }

    private static String begun(Path file) {
        String name = file.getFileName().toString();
        return name.replaceFirst("^.*?(\\d{8}-\\d{6}).*$", "$1");
    }

    private boolean read(Path file, Set<Integer> done, Instant since, Reader reader)
            throws Exception {
        long size = Files.size(file);
        long seen = 0;
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                seen += line.getBytes(StandardCharsets.UTF_8).length + 1;
                if (seen > size) {
                    break; // not ended yet
                }
                Letter letter = letter(line, file, number, done);
                boolean wanted = letter != null && !letter.at().isBefore(since);
                if (wanted && !reader.take(letter)) {
                    return false;
                }
            }
        }
        return true;
    }

    private Letter letter(String line, Path file, int number, Set<Integer> done) {
        try {
            Map<String, Object> members = MAPPER.readValue(line, MEMBERS);
            Instant at = Instant.parse(String.valueOf(members.get("at")));
            return new Letter(at, members, done.contains(number), this, number);
        } catch (JsonProcessingException | DateTimeException e) {
            LOG.warn("{}:{} is no dead letter and is left out.", file, number);
            return null;
        }
    }

    private static Path marksOf(Path file) {
        return file.resolveSibling(file.getFileName() + REPLAYED);
    }

    private static Set<Integer> replayed(Path file) throws IOException {
        Set<Integer> numbers = new HashSet<>();
        if (Files.exists(marksOf(file))) {
            for (String line : Files.readAllLines(marksOf(file))) {
                if (line.matches("\\d{1,9}")) {
                    numbers.add(Integer.parseInt(line));
                }
            }
        }
        return numbers;
    }

    private void openMarks(Path file) throws IOException {
        close();
        marks =
                FileChannel.open(
                        marksOf(file),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.APPEND);
        boolean locked;
        try {
            locked = marks.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            locked = false;
        }
        if (!locked) {
            throw new IOException("Another replay is at work on " + file + ".");
        }
    }

    @Override
    public void markReplayed(Letter letter) throws IOException {
        marks.write(ByteBuffer.wrap((letter.place() + "\n").getBytes(StandardCharsets.UTF_8)));
        marks.force(true);
    }

    @Override
    public void close() {
        try {
            if (marks != null) {
                marks.close();
            }
        } catch (IOException e) {
            LOG.debug("Closing the marks of {}", path, e);
        }
        marks = null;
    }
}
