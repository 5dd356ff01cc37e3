package io.millrace.rule.trial;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * What happens in a job, in order, a line of JSON each. A file, since the parts of a job are copies
 * that share nothing else, and since it is whole when the job fails. Thread-safe: each line is
 * appended at once.
 */
final class TrialLog implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final String file;

    private TrialLog(Path file) {
        this.file = file.toString();
    }

    static TrialLog create() throws IOException {
        return new TrialLog(Files.createTempFile("millrace-trial-", ".jsonl"));
    }

    void write(TrialEvent event) {
        try {
            String line = MAPPER.writerFor(TrialEvent.class).writeValueAsString(event) + "\n";
            Files.write(
                    Path.of(file),
                    line.getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.APPEND);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An event has values that are not JSON's", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All so far; forgets them. */
    List<TrialEvent> take() throws IOException {
        List<TrialEvent> events = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(file))) {
            events.add(MAPPER.readValue(line, TrialEvent.class));
        }
        Files.write(Path.of(file), new byte[0]);
        return events;
    }

    void delete() throws IOException {
        Files.deleteIfExists(Path.of(file));
    }
}
