package io.millrace.cli.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Keeps a second run of the same job away from its folder. Two of them would also take the MQTT
 * sessions from each other without end. The operating system lets go of the lock when the process
 * dies, however it dies.
 */
public final class JobLock implements AutoCloseable {
    private final FileChannel channel;

    private JobLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock, and creates the job's folder if it is not there.
     *
     * @throws JobLockedException if another run holds it
     */
    public static JobLock acquire(JobFolder folder, String jobName) throws IOException {
        Files.createDirectories(folder.root());
        Path file = folder.lock();
        FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        if (!tryLock(channel)) {
            channel.close();
            throw new JobLockedException(jobName, folder.root(), Files.readString(file).strip());
        }
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(
                        Long.toString(ProcessHandle.current().pid())
                                .getBytes(StandardCharsets.US_ASCII)));
        return new JobLock(channel);
    }

    /**
     * Who holds the lock of a job, without taking it.
     *
     * @return the id of the process; empty if nobody does
     */
    public static Optional<String> holder(JobFolder folder) throws IOException {
        if (!Files.isRegularFile(folder.lock())) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(folder.lock(), StandardOpenOption.READ);
                // Shared, so that it can be asked for in a file that is open for reading.
                FileLock free = channel.tryLock(0, Long.MAX_VALUE, true)) {
            return free != null
                    ? Optional.empty()
                    : Optional.of(Files.readString(folder.lock()).strip());
        } catch (OverlappingFileLockException e) {
            return Optional.of(Files.readString(folder.lock()).strip());
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            // Held by this very process.
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
