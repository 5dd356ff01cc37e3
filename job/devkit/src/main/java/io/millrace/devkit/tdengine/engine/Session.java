package io.millrace.devkit.tdengine.engine;

import java.time.ZoneId;
import java.time.ZoneOffset;

/** What a connection remembers. Used by one thread at a time. */
public final class Session {
    private String database;
    private ZoneId zone = ZoneOffset.UTC;
    private String user = "root";

    /** The current database, or null. */
    public String database() {
        return database;
    }

    /** Makes a database the current one without asking whether it is there. */
    public void database(String name) {
        database = name;
    }

    /** The zone of times that name none. */
    public ZoneId zone() {
        return zone;
    }

    public void zone(ZoneId zone) {
        this.zone = zone;
    }

    public String user() {
        return user;
    }

    public void user(String name) {
        user = name;
    }
}
