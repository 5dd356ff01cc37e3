package io.millrace.devkit.tdengine.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.devkit.tdengine.sql.TaosException;
import java.util.function.Consumer;

/** What every JSON answer over WebSocket has in common. */
record Answer(String action, long request) {
    ObjectNode with(Consumer<ObjectNode> members) {
        ObjectNode node = common(0, "");
        members.accept(node);
        return node;
    }

    ObjectNode refused(TaosException refusal) {
        return common(refusal.code(), refusal.getMessage());
    }

    private ObjectNode common(int code, String message) {
        return Json.object()
                .put("code", code)
                .put("message", message)
                .put("action", action)
                .put("req_id", request)
                .put("timing", 1);
    }
}
