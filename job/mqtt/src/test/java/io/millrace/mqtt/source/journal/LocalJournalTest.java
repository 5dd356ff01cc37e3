package io.millrace.mqtt.source.journal;

import java.nio.file.Path;

class LocalJournalTest extends JournalContract {
    @Override
    JournalStorage storage(Path folder) {
        return new LocalStorage(folder);
    }
}
