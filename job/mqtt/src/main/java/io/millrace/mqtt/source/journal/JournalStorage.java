package io.millrace.mqtt.source.journal;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * A folder as the journal needs it. An implementation promises:
 *
 * <ul>
 *   <li>a file that {@link #create} made is in every {@link #list} that begins afterwards, by
 *       whomever and on whatever machine, and is there after a crash of the machine;
 *   <li>of several that create the same file, one succeeds;
 *   <li>what {@link Appender#sync} has made durable is in every {@link #read} that begins
 *       afterwards, though the writer may still have the file open.
 * </ul>
 */
public interface JournalStorage {
    /**
     * A file of the folder.
     *
     * @param size in bytes; may lag behind while the file is written
     */
    record StoredFile(String name, long size) {}

    /** Writes one file. */
    interface Appender extends Closeable {
        void append(byte[] bytes, int offset, int length) throws IOException;

        /** Makes all that was appended durable. */
        void sync() throws IOException;
    }

    /** Where it is, for messages. */
    String location();

    /** Whether there is such a folder. */
    boolean exists() throws IOException;

    /** All files in it, in no order; none if there is no such folder. */
    List<StoredFile> list() throws IOException;

    /** Names of the folders in it. */
    List<String> folders() throws IOException;

    /** A folder in it, which need not exist. */
    JournalStorage folder(String name);

    /**
     * Makes an empty file, and the folder if there is none.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is such a file
     */
    Appender create(String name) throws IOException;

    /** Reads a file from an offset up to what is in it when that end is reached. */
    InputStream read(String name, long offset) throws IOException;

    /** Deletes a file, if there is one. */
    void delete(String name) throws IOException;

    /** Deletes this folder if it is there and empty. */
    void deleteFolder() throws IOException;
}
