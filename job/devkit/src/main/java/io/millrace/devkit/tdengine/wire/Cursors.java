package io.millrace.devkit.tdengine.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.devkit.tdengine.engine.Result;
import io.millrace.devkit.tdengine.engine.ResultColumn;
import io.millrace.devkit.tdengine.sql.TaosException;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Results of one connection whose rows are still to be fetched. Used by one thread at a time. */
final class Cursors {
    /** The action by which rows are fetched. */
    static final long FETCH = 7;

    private static final int ROWS_PER_BLOCK = 4096;

    private final Map<Long, Cursor> cursors = new HashMap<>();
    private long lastId;

    private static final class Cursor {
        final Result.Rows result;
        int next;

        Cursor(Result.Rows result) {
            this.result = result;
        }
    }

    /** Keeps a result and writes its id and its columns into an answer. */
    void open(Result.Rows rows, ObjectNode node) {
        long id = ++lastId;
        cursors.put(id, new Cursor(rows));
        node.put("id", id)
                .put("fields_count", rows.columns().size())
                .put("precision", rows.precision().ordinal());
        ArrayNode names = node.putArray("fields_names");
        ArrayNode types = node.putArray("fields_types");
        ArrayNode lengths = node.putArray("fields_lengths");
        ArrayNode precisions = node.putArray("fields_precisions");
        ArrayNode scales = node.putArray("fields_scales");
        for (ResultColumn column : rows.columns()) {
            names.add(column.name());
            types.add(column.type().type().code());
            lengths.add(column.type().length());
            precisions.add(column.type().precision());
            scales.add(column.type().scale());
        }
    }

    void free(long id) {
        cursors.remove(id);
    }

    /** Writes the next rows of a result, or that there are no more. */
    void fetch(long request, long id, ByteBuf out) {
        Cursor cursor = cursors.get(id);
        if (cursor == null) {
            header(out, request, TaosException.ADAPTER, "result is nil", id);
            out.writeByte(1);
            return;
        }
        header(out, request, 0, "", id);
        List<Object[]> all = cursor.result.rows();
        boolean completed = cursor.next >= all.size();
        out.writeByte(completed ? 1 : 0);
        if (completed) {
            cursors.remove(id);
            return;
        }
        int end = Math.min(cursor.next + ROWS_PER_BLOCK, all.size());
        int length = out.writerIndex();
        out.writeIntLE(0);
        Blocks.write(out, cursor.result.columns(), all.subList(cursor.next, end));
        out.setIntLE(length, out.writerIndex() - length - 4);
        cursor.next = end;
    }

    private static void header(ByteBuf out, long request, int code, String message, long id) {
        byte[] text = message.getBytes(StandardCharsets.UTF_8);
        out.writeLongLE(-1);
        out.writeLongLE(FETCH);
        out.writeShortLE(1);
        out.writeLongLE(0); // duration
        out.writeLongLE(request);
        out.writeIntLE(code);
        out.writeIntLE(text.length);
        out.writeBytes(text);
        out.writeLongLE(id);
    }
}
