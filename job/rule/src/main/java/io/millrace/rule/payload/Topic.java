package io.millrace.rule.payload;

import io.millrace.rule.RuleException;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.types.logical.LogicalType;

/** A topic that rules of a job read, and what they ask of its payload. Built by one thread. */
public final class Topic {
    /** The column that holds the payload. */
    public static final String PAYLOAD = "payload";

    private final String filter;
    private final Map<String, LogicalType> columns;
    private final Member payload = new Member(PAYLOAD);

    /**
     * @param filter the MQTT topic filter
     * @param columns the other columns of the topic's table and their types
     */
    public Topic(String filter, Map<String, LogicalType> columns) {
        this.filter = filter;
        this.columns = Map.copyOf(columns);
    }

    /** The MQTT topic filter. */
    public String filter() {
        return filter;
    }

    /** Whether rules take the payload as it is: a text or one number and no member of an object. */
    public boolean takesPayloadWhole() {
        return payload.isWhole();
    }

    /**
     * The payload's type: the widest that all uses ask for.
     *
     * @throws RuleException if two uses contradict each other
     */
    public LogicalType payloadType() {
        return payload.type();
    }

    /** The members whose type nothing says, so that they are taken for texts. */
    public List<String> assumed() {
        return takesPayloadWhole() ? List.of() : payload.assumed();
    }

    Member payload() {
        return payload;
    }

    LogicalType column(String name) {
        return columns.get(name);
    }
}
