package io.millrace.tdengine.sink.row;

import io.millrace.tdengine.client.SqlText;
import io.millrace.tdengine.client.TargetTable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.table.data.RowData;

/** Writes the clause that names a row's super table and tags. Not thread-safe. */
final class TagsEncoder {
    private static final byte[] NOTHING = new byte[0];

    private final byte[] front;
    private final List<RowEncoder.Column> tags;
    private final SqlBuffer buffer = new SqlBuffer(256);

    private TagsEncoder(byte[] front, List<RowEncoder.Column> tags) {
        this.front = front;
        this.tags = tags;
    }

    /** For tables that must exist. */
    static TagsEncoder none() {
        return new TagsEncoder(null, List.of());
    }

    /** For sub-tables; tags that the rows do not have become NULL. */
    static TagsEncoder of(TargetTable superTable, List<RowEncoder.Column> tags) {
        // A list of tags cannot be empty, so one stands for all that are not given.
        List<String> names =
                tags.isEmpty()
                        ? List.of(superTable.tags().get(0).name())
                        : tags.stream().map(tag -> tag.target().name()).toList();
        String front =
                " USING "
                        + SqlText.name(superTable.database())
                        + "."
                        + SqlText.name(superTable.name())
                        + names.stream()
                                .map(SqlText::name)
                                .collect(Collectors.joining(",", " (", ") TAGS ("));
        return new TagsEncoder(front.getBytes(StandardCharsets.UTF_8), tags);
    }

    byte[] usingClause(RowData row) throws RowRejectedException {
        if (front == null) {
            return NOTHING;
        }
        buffer.clear();
        buffer.append(front);
        if (tags.isEmpty()) {
            buffer.append(SqlBytes.NULL);
        }
        for (int i = 0; i < tags.size(); i++) {
            RowEncoder.Column tag = tags.get(i);
            if (i > 0) {
                buffer.append((byte) ',');
            }
            try {
                if (!tag.encoder().encode(row, buffer)) {
                    buffer.append(SqlBytes.NULL);
                }
            } catch (RowRejectedException e) {
                throw e.at(tag.target().name());
            }
        }
        buffer.append((byte) ')');
        return buffer.copy(0, buffer.length());
    }
}
