package io.millrace.mqtt.source.journal;

import java.nio.file.Path;

class LocalStorageTest extends JournalStorageContract {
    @Override
    JournalStorage open(Path folder) {
        return new LocalStorage(folder);
    }
}
