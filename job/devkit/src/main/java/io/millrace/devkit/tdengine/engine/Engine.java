package io.millrace.devkit.tdengine.engine;

import io.millrace.devkit.tdengine.sql.Lexer;
import io.millrace.devkit.tdengine.sql.Statement;
import io.millrace.devkit.tdengine.sql.StatementParser;
import io.millrace.devkit.tdengine.sql.TaosException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Executes TDengine's statements on H2. Thread-safe: definitions exclude everything else, inserts
 * exclude each other, queries run beside them.
 */
public final class Engine implements AutoCloseable {
    /** The version that drivers are told. */
    public static final String VERSION = Functions.VERSION;

    private static final int MAXIMUM_SQL = 1 << 20;

    private final ZoneId zone;
    private final Store store;
    private final Catalog catalog = new Catalog();
    private final InsertWriter writer;
    private final Ddl ddl;
    private final Alterations alterations;
    private final Deletes deletes;
    private final QueryRunner queries;
    private final Shows shows;
    private final ReentrantReadWriteLock definitions = new ReentrantReadWriteLock(true);
    private final Lock inserts = new ReentrantLock();

    /**
     * @param folder where data is kept, or null for memory
     * @param zone the zone of times that name none, unless a session has its own
     */
    public Engine(Path folder, ZoneId zone) {
        this.zone = zone;
        store = new Store(folder);
        Metadata metadata = new Metadata(store);
        AtomicInteger lastId = new AtomicInteger();
        metadata.load(catalog, lastId);
        writer = new InsertWriter(store);
        TagValues tagValues = new TagValues(store);
        SystemTables systemTables = new SystemTables(catalog, tagValues);
        ddl = new Ddl(catalog, store, metadata, writer, lastId);
        alterations = new Alterations(catalog, store, metadata, writer);
        deletes = new Deletes(catalog, store);
        queries = new QueryRunner(store, catalog, systemTables);
        shows = new Shows(catalog, systemTables, tagValues);
    }

    /**
     * Executes one statement.
     *
     * @throws TaosException as TDengine would refuse it
     */
    public Result execute(String sql, Session session) {
        if (sql.length() > MAXIMUM_SQL || utf8Length(sql) > MAXIMUM_SQL) {
            throw new TaosException(0x219, "SQL statement too long");
        }
        Statement statement = StatementParser.parse(sql);
        TimeReader times = new TimeReader(Instant.now(), session.zone());
        if (statement instanceof Statement.Insert) {
            return new Result.Update(insert(sql, session, times));
        }
        Lock lock = isDefinition(statement) ? definitions.writeLock() : definitions.readLock();
        lock.lock();
        try {
            return execute(statement, sql, session, times);
        } finally {
            lock.unlock();
        }
    }

    /** What a new connection begins with. */
    public Session newSession() {
        Session session = new Session();
        session.zone(zone);
        return session;
    }

    /** Makes a database the session's own, or refuses with 0x388. */
    public void use(String database, Session session) {
        if (!SystemTables.isSchema(database)) {
            catalog.database(database);
        }
        session.database(database);
    }

    /** Whether a text is a statement that writes rows. */
    public static boolean isInsert(String sql) {
        Lexer lexer = new Lexer(sql);
        return lexer.is("INSERT") || lexer.is("IMPORT");
    }

    /**
     * Prepares a statement whose values will be bound.
     *
     * @throws TaosException as TDengine would refuse it
     */
    public Prepared prepare(String sql, Session session) {
        definitions.readLock().lock();
        try {
            if (isInsert(sql)) {
                return new PreparedInsert(
                        new PreparedInsertParser(sql, catalog, session).parse(),
                        catalog,
                        plan -> write(plan, Instant.now()));
            }
            return new PreparedText(
                    sql,
                    StatementParser::parse,
                    text -> check(text, session),
                    text -> execute(text, session));
        } finally {
            definitions.readLock().unlock();
        }
    }

    private void check(String sql, Session session) {
        if (StatementParser.parse(sql) instanceof Statement.Query query) {
            definitions.readLock().lock();
            try {
                queries.check(
                        query.select(), session, new TimeReader(Instant.now(), session.zone()));
            } finally {
                definitions.readLock().unlock();
            }
        }
    }

    private long insert(String sql, Session session, TimeReader times) {
        return write(() -> new InsertParser(sql, catalog, session, times).parse(), times.now());
    }

    private long write(Supplier<InsertPlan> plans, Instant now) {
        definitions.readLock().lock();
        try {
            InsertPlan plan = plans.get();
            plan.finish(now);
            inserts.lock();
            try {
                long rows = writer.write(plan, ddl);
                writer.forgetStatements(false);
                return rows;
            } finally {
                inserts.unlock();
            }
        } finally {
            definitions.readLock().unlock();
        }
    }

    private static boolean isDefinition(Statement statement) {
        return !(statement instanceof Statement.Query
                || statement instanceof Statement.Show
                || statement instanceof Statement.Describe
                || statement instanceof Statement.Use
                || statement instanceof Statement.Delete
                || statement instanceof Statement.Nothing);
    }

    private Result execute(Statement statement, String sql, Session session, TimeReader times) {
        if (statement instanceof Statement.Query query) {
            return queries.run(query.select(), session, times);
        } else if (statement instanceof Statement.Show show) {
            return shows.show(show, session);
        } else if (statement instanceof Statement.Describe describe) {
            return shows.describe(describe.table(), session);
        } else if (statement instanceof Statement.Delete delete) {
            inserts.lock();
            try {
                return new Result.Update(deletes.delete(delete, session, times));
            } finally {
                inserts.unlock();
            }
        } else if (statement instanceof Statement.Use use) {
            use(use.database(), session);
        } else {
            define(statement, sql, session, times);
        }
        return new Result.Update(0);
    }

    private void define(Statement statement, String sql, Session session, TimeReader times) {
        if (statement instanceof Statement.CreateDatabase create) {
            ddl.create(create);
        } else if (statement instanceof Statement.AlterDatabase alter) {
            ddl.alter(alter);
        } else if (statement instanceof Statement.DropDatabase drop) {
            ddl.drop(drop);
        } else if (statement instanceof Statement.CreateTable create) {
            ddl.create(create, session);
        } else if (statement instanceof Statement.CreateSubTables create) {
            ddl.create(create, sql, session, times);
        } else if (statement instanceof Statement.DropTables drop) {
            ddl.drop(drop, session);
        } else if (statement instanceof Statement.AlterTable alter) {
            alterations.alter(alter, sql, session, times);
        }
    }

    private static int utf8Length(String text) {
        int length = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            length += c < 0x80 ? 0 : c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
        }
        return length;
    }

    @Override
    public void close() {
        writer.close();
        store.close();
    }
}
