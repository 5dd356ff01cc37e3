package io.millrace.rule.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.TableDescriptor;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * The table that is made of a topic.
 *
 * @param filter the MQTT topic filter
 * @param options of the connector
 * @param payload the payload's type
 * @param typed whether that is the type of what is inside
 * @param assumed members that are taken for texts, since nothing says what they are
 * @param declared whether the settings declare it
 * @param raw whether rules of the EMQX dialect read it, which decode the payload themselves
 * @param rules the names of the rules that read it
 */
record TopicTable(
        String filter,
        Schema schema,
        Map<String, String> options,
        LogicalType payload,
        boolean typed,
        List<String> assumed,
        boolean declared,
        boolean raw,
        List<String> rules) {

    TableDescriptor descriptor() {
        Map<String, String> others = new HashMap<>(options);
        TableDescriptor.Builder table =
                TableDescriptor.forConnector(others.remove("connector")).schema(schema);
        others.forEach(table::option);
        return table.build();
    }

    /** The topic and the type of its payload in a line. */
    String line() {
        return "\"%s\"  payload %s".formatted(filter, payloadText());
    }

    /** The type of its payload in words. */
    String payloadText() {
        if (!typed) {
            return "decoded by rules of the EMQX dialect";
        }
        return "%s, format '%s'%s%s"
                .formatted(
                        payload.asSummaryString(),
                        options.get("format"),
                        declared ? ", as declared" : "",
                        raw ? "; also decoded by rules of the EMQX dialect" : "");
    }
}
