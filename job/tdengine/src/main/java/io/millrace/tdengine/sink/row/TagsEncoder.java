package io.millrace.tdengine.sink.row;

import io.millrace.tdengine.client.TargetTable;
import java.util.List;
import org.apache.flink.table.data.RowData;

/** Reads a row's tags. Not thread-safe. */
final class TagsEncoder {
    private final TagValues.Kind kind;
    private final List<RowEncoder.Column> tags;
    private final GrowingBytes buffer = new GrowingBytes(256);

    private TagsEncoder(TagValues.Kind kind, List<RowEncoder.Column> tags) {
        this.kind = kind;
        this.tags = tags;
    }

    /** For tables that must exist. */
    static TagsEncoder none() {
        return new TagsEncoder(null, List.of());
    }

    /** For sub-tables; tags that the rows do not have become NULL. */
    static TagsEncoder of(TargetTable superTable, List<RowEncoder.Column> tags) {
        // A list of tags cannot be empty, so one stands for all that are not given.
        return new TagsEncoder(
                TagValues.Kind.of(
                        superTable,
                        tags.isEmpty()
                                ? superTable.tags().subList(0, 1)
                                : tags.stream().map(RowEncoder.Column::target).toList()),
                tags);
    }

    /** Returns null for a table that must exist. */
    TagValues read(RowData row) throws RowRejectedException {
        if (kind == null) {
            return null;
        }
        buffer.clear();
        if (tags.isEmpty()) {
            RowValues.appendNull(buffer);
        }
        for (RowEncoder.Column tag : tags) {
            try {
                if (!tag.encoder().encode(row, buffer)) {
                    RowValues.appendNull(buffer);
                }
            } catch (RowRejectedException e) {
                throw e.at(tag.target().name());
            }
        }
        return new TagValues(kind, buffer.copy(0, buffer.length()));
    }
}
