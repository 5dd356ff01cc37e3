package io.millrace.mqtt.dropin;

import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;

/** What a user does in Flink's SQL client, in a process that has the connector as a jar only. */
public final class SqlClientStandIn {
    private SqlClientStandIn() {}

    /** Prints the first message of {@code plant/#}; the arguments are the broker and the client. */
    public static void main(String[] args) throws Exception {
        TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
        tables.getConfig().set("execution.checkpointing.interval", "100 ms");
        tables.executeSql(
                """
                CREATE TABLE plant (payload ROW<v INT>, topic STRING METADATA VIRTUAL) WITH (
                  'connector' = 'mqtt', 'url' = '%s', 'client' = '%s', 'topic' = 'plant/#',
                  'client-id.prefix' = 'drop-in', 'format' = 'payload-json')
                """
                        .formatted(args[0], args[1]));
        Row first = tables.executeSql("SELECT topic, plant.payload.v FROM plant").collect().next();
        System.out.println("ROW " + first);
        // The job goes on until the process ends.
        Runtime.getRuntime().halt(0);
    }
}
