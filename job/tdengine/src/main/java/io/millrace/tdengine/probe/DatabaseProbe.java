package io.millrace.tdengine.probe;

import io.millrace.common.DidYouMean;
import io.millrace.common.probe.Checklist;
import io.millrace.common.probe.Finding;
import io.millrace.tdengine.client.TDengineConnection;
import io.millrace.tdengine.client.TableSchemas;
import io.millrace.tdengine.client.TargetTable;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Looks at the databases and tables that a job uses. For one thread. */
final class DatabaseProbe {
    private static final List<String> OPTIONS = List.of("precision", "keep", "vgroups", "replica");

    private final TDengineProbeRequest request;
    private final TableSchemas schemas;
    private final WriteProbe writes;

    DatabaseProbe(TDengineProbeRequest request, TDengineConnection connection) {
        this.request = request;
        this.schemas = new TableSchemas(connection);
        this.writes = new WriteProbe(connection);
    }

    void run(Checklist checks) {
        Set<String> databases = new LinkedHashSet<>(request.databases());
        request.tables().forEach(table -> databases.add(table.database()));
        if (databases.isEmpty()) {
            checks.run("databases", this::all);
        }
        for (String database : databases) {
            if (!checks.run("database", () -> database(database))) {
                continue;
            }
            checks.run("write", () -> writes.look(database));
            for (TDengineProbeRequest.Table table : request.tables()) {
                if (table.database().equals(database)) {
                    checks.run("table", () -> table(table));
                }
            }
        }
    }

    private Finding all() throws SQLException {
        List<String> names = schemas.databases();
        return names.isEmpty()
                ? Finding.warning(
                        "there is none", "CREATE DATABASE iot_data PRECISION 'ms' makes one.")
                : Finding.good(String.join(", ", names));
    }

    private Finding database(String name) throws SQLException {
        Optional<Map<String, String>> found = schemas.databaseOptions(name, OPTIONS);
        if (found.isEmpty()) {
            List<String> names = schemas.databases();
            return Finding.bad(
                    "'"
                            + name
                            + "' does not exist, or this user does not see it; there are "
                            + (names.isEmpty() ? "none" : String.join(", ", names)),
                    "CREATE DATABASE "
                            + name
                            + " PRECISION 'ms' makes it."
                            + DidYouMean.hint(names, name));
        }
        Map<String, String> options = found.get();
        String keep = options.getOrDefault("keep", "");
        String oldest = keep.substring(keep.lastIndexOf(',') + 1);
        String replica = options.getOrDefault("replica", "?");
        String text =
                "'%s' has precision %s, %s vgroups, %s; rows older than KEEP (%s) are refused"
                        .formatted(
                                name,
                                options.getOrDefault("precision", "?"),
                                options.getOrDefault("vgroups", "?"),
                                replica.equals("1") ? "1 replica" : replica + " replicas",
                                oldest.isEmpty() ? "not told" : text(oldest));
        return Finding.good(text);
    }

    /** {@code 5256000m} is 3650d to a person. */
    private static String text(String keep) {
        long minutes = minutes(keep);
        return minutes > 0 && minutes % (24 * 60) == 0 ? minutes / (24 * 60) + "d" : keep;
    }

    private static long minutes(String keep) {
        if (!keep.matches("\\d{1,12}[dhm]")) {
            return 0;
        }
        long number = Long.parseLong(keep.substring(0, keep.length() - 1));
        return switch (keep.charAt(keep.length() - 1)) {
            case 'd' -> number * 24 * 60;
            case 'h' -> number * 60;
            default -> number;
        };
    }

    private Finding table(TDengineProbeRequest.Table table) throws SQLException {
        Optional<TargetTable> found = schemas.describe(table.database(), table.name());
        String path = "'" + table.database() + "." + table.name() + "'";
        if (found.isPresent()) {
            TargetTable there = found.get();
            return Finding.good(
                    "%s is a %s with %d columns"
                            .formatted(
                                    path,
                                    switch (there.kind()) {
                                        case SUPER_TABLE -> "super table";
                                        case SUB_TABLE -> "sub-table";
                                        case TABLE -> "table";
                                    },
                                    there.columns().size()));
        }
        if (request.createsTables()) {
            return Finding.good(path + " is not there yet; the first row creates it");
        }
        List<String> names =
                Stream.concat(
                                schemas.superTables(table.database()).stream(),
                                schemas.normalTables(table.database()).stream())
                        .toList();
        return Finding.bad(
                path + " does not exist",
                "Create it, or have it created with 'schema.evolution' = 'create'."
                        + DidYouMean.hint(names, table.name()));
    }
}
