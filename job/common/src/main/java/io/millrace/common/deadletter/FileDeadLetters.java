package io.millrace.common.deadletter;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/**
 * Appends letters to a file of its own, made with the first letter. A new attempt of the job makes
 * a new file, so two attempts that overlap never write into one.
 */
final class FileDeadLetters implements DeadLetterWriter {
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Path folder;
    private final String owner;
    private FileChannel file;
    private boolean unsynced;

    FileDeadLetters(Path folder, String owner) {
        this.folder = folder;
        this.owner = owner;
    }

    @Override
    public void write(DeadLetter letter) throws IOException {
        if (file == null) {
            Files.createDirectories(folder);
            String name =
                    "%s-%s-%s.jsonl"
                            .formatted(
                                    owner,
                                    DAY_AND_TIME.format(letter.at()),
                                    UUID.randomUUID().toString().substring(0, 8));
            file =
                    FileChannel.open(
                            folder.resolve(name),
                            StandardOpenOption.CREATE_NEW,
                            StandardOpenOption.WRITE);
        }
        ByteBuffer line = ByteBuffer.wrap((letter.json() + "\n").getBytes(StandardCharsets.UTF_8));
        while (line.hasRemaining()) {
            file.write(line);
        }
        unsynced = true;
    }

    @Override
    public void flush() throws IOException {
        if (unsynced) {
            file.force(true);
            unsynced = false;
        }
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            flush();
            file.close();
        }
    }
}
