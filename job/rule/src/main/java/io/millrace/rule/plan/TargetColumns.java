package io.millrace.rule.plan;

import io.millrace.common.DidYouMean;
import io.millrace.rule.Problem;
import io.millrace.rule.RuleException;
import io.millrace.tdengine.client.TargetColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.exceptions.CatalogException;
import org.apache.flink.table.catalog.exceptions.DatabaseNotExistException;

/** Finds the columns of the table that a rule writes. Stateless. */
final class TargetColumns {
    private TargetColumns() {}

    /**
     * All columns that can be written.
     *
     * @throws RuleException if there is no such table; says why
     */
    static List<Column> all(Session session, Rule rule, ObjectIdentifier path) {
        try {
            return session
                    .tables()
                    .from(path.asSerializableString())
                    .getResolvedSchema()
                    .getColumns()
                    .stream()
                    .filter(Column::isPersisted)
                    .toList();
        } catch (RuntimeException e) {
            if (session.connections().isBroken(path.getCatalogName())) {
                throw LeftOut.because(rule, "connection '%s'".formatted(path.getCatalogName()));
            }
            Words reason = reason(session, path, e);
            throw rule.statement()
                    .file()
                    .error(rule.offset(rule.target()), reason.message(), reason.remedy(), e);
        }
    }

    /** Why a table cannot be written, in words that help. */
    private static Words reason(Session session, ObjectIdentifier path, RuntimeException e) {
        Optional<Catalog> catalog = session.tables().getCatalog(path.getCatalogName());
        if (catalog.isEmpty()) {
            List<String> known = List.of(session.tables().listCatalogs());
            return Words.of(
                    "There is no connection '%s'; there are %s."
                            .formatted(path.getCatalogName(), String.join(", ", known)),
                    "Give --tdengine-url or a connection in the settings file.%s"
                            .formatted(DidYouMean.hint(known, path.getCatalogName())));
        }
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof CatalogException && t.getMessage() != null) {
                return Words.of(t.getMessage(), "");
            }
        }
        try {
            List<String> databases = catalog.get().listDatabases();
            if (!databases.contains(path.getDatabaseName())) {
                return Words.of(
                        "Connection '%s' has no database '%s'."
                                .formatted(path.getCatalogName(), path.getDatabaseName()),
                        DidYouMean.hint(databases, path.getDatabaseName()).strip());
            }
            List<String> tables = catalog.get().listTables(path.getDatabaseName());
            if (!tables.contains(path.getObjectName())) {
                return Words.of(
                        "Database '%s' of connection '%s' has no table '%s'."
                                .formatted(
                                        path.getDatabaseName(),
                                        path.getCatalogName(),
                                        path.getObjectName()),
                        "Create it there first.%s"
                                .formatted(DidYouMean.hint(tables, path.getObjectName())));
            }
        } catch (DatabaseNotExistException | CatalogException unknown) {
            // Then the planner's own words have to do.
        }
        return Words.of(Session.rootMessage(e), "");
    }

    /**
     * The columns that the rule lists.
     *
     * @throws RuleException if some are not among all; tells each
     */
    static List<Column> listed(
            Session session, Rule rule, ObjectIdentifier path, List<Column> all) {
        List<String> names = all.stream().map(Column::getName).toList();
        List<Column> written = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (SqlIdentifier name : rule.columns().orElseThrow()) {
            int at = names.indexOf(name.getSimple());
            if (at >= 0) {
                written.add(all.get(at));
            } else {
                problems.add(
                        rule.problem(
                                Problem.Severity.ERROR,
                                rule.offset(name),
                                missing(session, path, names, name.getSimple()),
                                isTag(session, path, name.getSimple())
                                        ? "Write to the super table, or leave it out."
                                        : ""));
            }
        }
        if (!problems.isEmpty()) {
            throw new RuleException(problems, null);
        }
        return written;
    }

    private static boolean isTag(Session session, ObjectIdentifier path, String name) {
        return session.described(path)
                .flatMap(table -> table.column(name))
                .filter(TargetColumn::isTag)
                .isPresent();
    }

    private static String missing(
            Session session, ObjectIdentifier path, List<String> names, String name) {
        return isTag(session, path, name)
                ? "Column '%s' is a tag of sub-table %s, and its tags are settled."
                        .formatted(name, path.asSummaryString())
                : "Column '%s' is not in table %s; its columns are %s.%s"
                        .formatted(
                                name,
                                path.asSummaryString(),
                                String.join(", ", names),
                                DidYouMean.hint(names, name));
    }
}
