package io.millrace.rule.emqx;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** A message with a payload and a few columns. */
final class TestMessage implements EmqxMessage {
    private final Map<String, Object> columns = new LinkedHashMap<>();
    private final byte[] payload;

    private TestMessage(byte[] payload) {
        this.payload = payload;
        columns.put("topic", "t/a");
        columns.put("qos", 1L);
        columns.put("clientid", "c1");
        columns.put("payload", null);
    }

    static TestMessage of(String payload) {
        return new TestMessage(payload.getBytes(StandardCharsets.UTF_8));
    }

    static TestMessage of(byte[] payload) {
        return new TestMessage(payload);
    }

    @Override
    public Object column(String name) {
        return columns.get(name);
    }

    @Override
    public byte[] payload() {
        return payload;
    }

    @Override
    public Collection<String> columns() {
        return columns.keySet();
    }
}
