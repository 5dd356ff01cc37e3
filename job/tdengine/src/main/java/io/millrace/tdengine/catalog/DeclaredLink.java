package io.millrace.tdengine.catalog;

import io.millrace.tdengine.client.Schemas;
import io.millrace.tdengine.client.TDengineConnectionSettings;
import io.millrace.tdengine.declared.DeclaredTables;
import java.sql.SQLException;

/** Declared tables in front of a server that is only asked, or of none. */
final class DeclaredLink implements ServerMetadata.Link {
    private final DeclaredTables tables;
    private final ServerMetadata.Link server;

    /**
     * @param server null if there is none
     */
    private DeclaredLink(DeclaredTables tables, ServerMetadata.Link server) {
        this.tables = tables;
        this.server = server;
    }

    static ServerMetadata.Opener opener(DeclaredTables tables, CatalogAccess access) {
        return settings -> open(tables, access, settings);
    }

    private static DeclaredLink open(
            DeclaredTables tables, CatalogAccess access, TDengineConnectionSettings settings)
            throws SQLException {
        ServerMetadata.Link server =
                access == CatalogAccess.READ ? ServerMetadata.connect(settings) : null;
        return new DeclaredLink(server == null ? tables : tables.before(server.schemas()), server);
    }

    @Override
    public Schemas schemas() {
        return tables;
    }

    @Override
    public void execute(String statement) {
        tables.apply(statement);
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
