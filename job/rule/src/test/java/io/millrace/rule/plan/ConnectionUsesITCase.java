package io.millrace.rule.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.rule.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names in rules, with no server to ask. */
class ConnectionUsesITCase {
    @TempDir private Path folder;

    @Test
    void findsWhatRulesUseOfEachConnectionThoughNoServerIsThere() throws Exception {
        Path file =
                Files.writeString(
                        folder.resolve("all.sql"),
                        """
                        INSERT INTO tdengine.iot.a SELECT payload.ts, payload.x FROM "in/+";
                        -- name: published
                        INSERT INTO "alerts/all"
                        SELECT x FROM (SELECT payload.x AS x FROM "in/a" AS a
                          JOIN tdengine.plants.sites AS s ON a.clientid = s.name);
                        -- name: named by its columns
                        INSERT INTO "alerts/${clientid}" (payload, clientid)
                        SELECT payload.x, clientid FROM TABLE(TUMBLE(TABLE "$share/g/w",
                          DESCRIPTOR(received_at), INTERVAL '1' SECOND));
                        SET 'rule.dialect' = 'emqx';
                        -- name: of the other dialect
                        INSERT INTO tdengine.iot.b SELECT payload.x as x FROM "in/b", 'in/c';
                        """);
        Settings settings =
                Settings.empty()
                        .withConnection("mqtt", Map.of("type", "mqtt", "url", "tcp://localhost:1"))
                        .withConnection(
                                "tdengine",
                                Map.of(
                                        "type",
                                        "tdengine",
                                        "url",
                                        "http://127.0.0.1:1",
                                        "username",
                                        "u",
                                        "password",
                                        "p"));
        Map<String, ConnectionUses.Of> uses = ConnectionUses.in(settings, "job", List.of(file));

        assertThat(uses.get("mqtt").filters())
                .containsExactlyInAnyOrder("in/+", "in/a", "$share/g/w", "in/b", "in/c");
        assertThat(uses.get("mqtt").topics()).containsExactly("alerts/all");
        assertThat(uses.get("tdengine").tables())
                .containsExactly(List.of("iot", "a"), List.of("iot", "b"));
        assertThat(uses.get("tdengine").databases()).containsExactlyInAnyOrder("iot", "plants");
    }
}
