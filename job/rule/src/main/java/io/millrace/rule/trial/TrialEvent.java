package io.millrace.rule.trial;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;

/** Something that happens while rules are tried. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TrialEvent.Began.class, name = "began"),
    @JsonSubTypes.Type(value = TrialEvent.AllRead.class, name = "allRead"),
    @JsonSubTypes.Type(value = TrialEvent.Decoded.class, name = "decoded"),
    @JsonSubTypes.Type(value = TrialEvent.Undecodable.class, name = "undecodable"),
    @JsonSubTypes.Type(value = TrialEvent.Wrote.class, name = "wrote"),
    @JsonSubTypes.Type(value = TrialEvent.Executed.class, name = "executed"),
    @JsonSubTypes.Type(value = TrialEvent.Published.class, name = "published"),
    @JsonSubTypes.Type(value = TrialEvent.Inserted.class, name = "inserted"),
    @JsonSubTypes.Type(value = TrialEvent.Kept.class, name = "kept"),
    @JsonSubTypes.Type(value = TrialEvent.Asked.class, name = "asked"),
    @JsonSubTypes.Type(value = TrialEvent.Broke.class, name = "broke")
})
public sealed interface TrialEvent {

    /** A message goes into the job; all before it has been worked off. */
    record Began(int message) implements TrialEvent {}

    /** There is no further message, and the watermark goes to the end of time. */
    record AllRead() implements TrialEvent {}

    /** A topic table has a row of the message. */
    record Decoded(String filter, List<Member> members) implements TrialEvent {}

    /**
     * A value of a payload.
     *
     * @param name the column and, in objects, the members that lead to it
     * @param type as SQL writes it
     */
    record Member(String name, String type, Object value) {}

    /** A message is a dead letter of a topic. */
    record Undecodable(String filter, String reason) implements TrialEvent {}

    /** What one statement would write into TDengine. */
    record Wrote(String rule, String statement, List<Row> rows) implements TrialEvent {}

    /**
     * A row of TDengine.
     *
     * @param superTable null if the table must exist
     */
    record Row(String database, String table, String superTable, Map<String, Object> values) {}

    /** A definition or a deletion that TDengine would be sent. */
    record Executed(String rule, String statement) implements TrialEvent {}

    /**
     * A message that would be published.
     *
     * @param payload null if it is no text
     */
    record Published(
            String rule,
            String topic,
            String payload,
            byte[] payloadBase64,
            int qos,
            boolean retain,
            Map<String, String> userProperties)
            implements TrialEvent {}

    /**
     * A row for a table of another connector.
     *
     * @param kind {@code +I}, {@code -U}, {@code +U} or {@code -D}
     */
    record Inserted(String rule, String connector, String kind, Map<String, Object> values)
            implements TrialEvent {}

    /** A dead letter of a rule or of what it writes. */
    record Kept(String rule, String origin, String reason, Map<String, Object> details)
            implements TrialEvent {}

    /** What the parts of a rule's condition are, and what they read. */
    record Asked(String rule, int probe, List<String> texts) implements TrialEvent {}

    /** Nothing that a rule gives can be written. */
    record Broke(String rule, String reason) implements TrialEvent {}
}
