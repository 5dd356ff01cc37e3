package io.millrace.cli.trial;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.rule.RuleException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads files of messages: a line of JSON each, as {@link Message} has it, or a payload each. */
public final class Messages {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Messages() {}

    /**
     * Reads a file. A line is a message if it is a JSON object with {@code topic} or {@code
     * payload} and nothing that no message has; any other is a payload.
     *
     * @throws RuleException if it cannot be read; names the line
     */
    public static List<Message> read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (CharacterCodingException e) {
            throw new RuleException(
                    "Message file '%s' is not UTF-8 text. Write other payloads as {\"payloadBase64\": \"…\"}."
                            .formatted(file),
                    e);
        } catch (IOException e) {
            throw new RuleException("Message file '%s' cannot be read.".formatted(file), e);
        }
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                messages.add(line(lines.get(i), file + ":" + (i + 1)));
            }
        }
        if (messages.isEmpty()) {
            throw new RuleException(
                    "Message file '%s' has no message. A message is a line such as {\"topic\": \"devices/d7/temp\", \"payload\": {\"temp\": 23}}."
                            .formatted(file));
        }
        return messages;
    }

    private static Message line(String line, String place) {
        try {
            JsonNode node = JSON.readTree(line);
            if (Message.isOne(node)) {
                return Message.of(node, place);
            }
        } catch (JsonProcessingException e) {
            // A payload need not be JSON.
        }
        return Message.payload(line);
    }

    /** Writes messages as {@link #read} reads them. */
    static void write(Path file, List<Message> messages) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Message message : messages) {
            lines.add(JSON.writeValueAsString(message.json()));
        }
        Files.write(file, lines);
    }
}
