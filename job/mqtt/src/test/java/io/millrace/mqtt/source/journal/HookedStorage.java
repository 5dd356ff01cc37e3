package io.millrace.mqtt.source.journal;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** A storage that lets a test do something before each call to it. */
final class HookedStorage implements JournalStorage {
    /** Something to do. */
    interface Hook {
        void run() throws IOException;
    }

    private final JournalStorage storage;
    private final Hook hook;

    HookedStorage(JournalStorage storage, Hook hook) {
        this.storage = storage;
        this.hook = hook;
    }

    @Override
    public String location() {
        return storage.location();
    }

    @Override
    public boolean exists() throws IOException {
        hook.run();
        return storage.exists();
    }

    @Override
    public List<StoredFile> list() throws IOException {
        hook.run();
        return storage.list();
    }

    @Override
    public List<String> folders() throws IOException {
        hook.run();
        return storage.folders();
    }

    @Override
    public JournalStorage folder(String name) {
        return new HookedStorage(storage.folder(name), hook);
    }

    @Override
    public Appender create(String name) throws IOException {
        hook.run();
        Appender file = storage.create(name);
        return new Appender() {
            @Override
            public void append(byte[] bytes, int offset, int length) throws IOException {
                hook.run();
                file.append(bytes, offset, length);
            }

            @Override
            public void sync() throws IOException {
                hook.run();
                file.sync();
            }

            @Override
            public void close() throws IOException {
                hook.run();
                file.close();
            }
        };
    }

    @Override
    public InputStream read(String name, long offset) throws IOException {
        hook.run();
        return storage.read(name, offset);
    }

    @Override
    public void delete(String name) throws IOException {
        hook.run();
        storage.delete(name);
    }

    @Override
    public void deleteFolder() throws IOException {
        hook.run();
        storage.deleteFolder();
    }
}
