package io.millrace.tdengine.client;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A table as the server describes it.
 *
 * @param database its database
 * @param name its name
 * @param kind what sort of table it is
 * @param precision the unit of its times
 * @param keepMinutes how long the database keeps rows, in minutes; 0 if not known
 * @param columns columns, the time first, then tags
 */
public record TargetTable(
        String database,
        String name,
        Kind kind,
        TimePrecision precision,
        long keepMinutes,
        List<TargetColumn> columns)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Sorts of tables. */
    public enum Kind {
        SUPER_TABLE,
        SUB_TABLE,
        TABLE
    }

    public TargetTable {
        columns = List.copyOf(columns);
    }

    public boolean isSuperTable() {
        return kind == Kind.SUPER_TABLE;
    }

    /** How long rows are kept, if known. A row that is older is refused. */
    public Optional<Duration> keep() {
        return keepMinutes == 0 ? Optional.empty() : Optional.of(Duration.ofMinutes(keepMinutes));
    }

    /** The first column, which is the time of a row. */
    public TargetColumn timeColumn() {
        return columns.get(0);
    }

    /** The tags, in order. */
    public List<TargetColumn> tags() {
        return columns.stream().filter(TargetColumn::isTag).toList();
    }

    /** Finds a column or tag: by its exact name, else by the only one that differs in case. */
    public Optional<TargetColumn> column(String wanted) {
        for (TargetColumn column : columns) {
            if (column.name().equals(wanted)) {
                return Optional.of(column);
            }
        }
        List<TargetColumn> similar =
                columns.stream().filter(c -> c.name().equalsIgnoreCase(wanted)).toList();
        return similar.size() == 1 ? Optional.of(similar.get(0)) : Optional.empty();
    }

    /** The names and types of all columns, for messages. */
    public String describeColumns() {
        return columns.stream()
                .map(c -> c.name() + " " + c.describeType() + (c.isTag() ? " (tag)" : ""))
                .collect(Collectors.joining(", "));
    }
}
