package io.millrace.functions.library;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** EMQX's functions that need something only a broker has, and what to use instead. */
final class NotApplicable {
    private static final String STATE =
            " keeps state in one process of a broker, which a job does not have: it would be lost at"
                    + " a failure and differ between machines. Write the rule in Flink SQL, where"
                    + " LAG(...) OVER (PARTITION BY ... ORDER BY ...), windows and MATCH_RECOGNIZE"
                    + " remember earlier messages.";

    private static final String SHARED =
            " keeps state in one node of a broker, which a job does not have. Keep such values in a"
                    + " table and join it in Flink SQL: JOIN ... FOR SYSTEM_TIME AS OF ... .";

    private static final String SCHEMA =
            " needs a broker's schema registry. Declare the payload's format for the topic instead:"
                    + " -- format: avro, avro-confluent, protobuf or json in the rule's header;"
                    + " payload then has its members.";

    private static final String MODEL =
            " asks an AI provider that a broker is configured for. Flink SQL has CREATE MODEL and"
                    + " ML_PREDICT for that.";

    private static final Map<String, String> REASONS = reasons();

    private NotApplicable() {}

    private static Map<String, String> reasons() {
        Map<String, String> reasons = new TreeMap<>();
        put(reasons, STATE, "proc_dict_put", "proc_dict_get", "proc_dict_del");
        put(reasons, SHARED, "kv_store_put", "kv_store_get", "kv_store_del");
        put(reasons, SCHEMA, "schema_decode", "schema_encode", "schema_check");
        put(reasons, SCHEMA, "schema_encode_and_tag", "schema_decode_tagged");
        put(reasons, SCHEMA, "sparkplug_decode", "sparkplug_encode");
        put(reasons, SCHEMA, "spb_decode", "spb_encode", "spb_zip_kvs");
        put(reasons, SCHEMA, "avro_encode", "avro_decode");
        put(reasons, MODEL, "ai_completion");
        return Collections.unmodifiableMap(reasons);
    }

    private static void put(Map<String, String> reasons, String reason, String... names) {
        List.of(names).forEach(name -> reasons.put(name, name + "()" + reason));
    }

    static Optional<String> reason(String name) {
        return Optional.ofNullable(REASONS.get(name));
    }

    static Collection<String> names() {
        return REASONS.keySet();
    }
}
