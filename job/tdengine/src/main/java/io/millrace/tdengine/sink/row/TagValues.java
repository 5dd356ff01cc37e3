package io.millrace.tdengine.sink.row;

import io.millrace.tdengine.client.SqlText;
import io.millrace.tdengine.client.TargetColumn;
import io.millrace.tdengine.client.TargetTable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The super table and the tags of a sub-table: what creates it. Immutable.
 *
 * @param kind what all sub-tables of a writer have in common
 * @param values as {@link RowValues} has them, one for each of the kind's tags
 */
public record TagValues(Kind kind, byte[] values) {
    private static final byte[] FRONT_END = SqlBytes.ascii(") TAGS (");

    /**
     * A super table and those of its tags that get values.
     *
     * @param superTable as SQL writes it, with its database
     * @param tags at least one, since a list of tags cannot be empty
     */
    public record Kind(String superTable, List<TargetColumn> tags) {
        public Kind {
            tags = List.copyOf(tags);
        }

        static Kind of(TargetTable superTable, List<TargetColumn> tags) {
            return new Kind(
                    SqlText.name(superTable.database()) + "." + SqlText.name(superTable.name()),
                    tags);
        }

        /** <code> USING `db`.`meters` (`a`,`b</code> and the rest up to the first value. */
        private String front() {
            return tags.stream()
                    .map(tag -> SqlText.name(tag.name()))
                    .collect(Collectors.joining(",", " USING " + superTable + " (", ""));
        }
    }

    /** The clause that creates the sub-table, with a blank before it. */
    public byte[] clause() {
        GrowingBytes out = new GrowingBytes(256);
        out.append(kind.front().getBytes(StandardCharsets.UTF_8));
        out.append(FRONT_END);
        SqlLiterals.append(out, kind.tags(), values, 0);
        out.append((byte) ')');
        return out.copy(0, out.length());
    }
}
