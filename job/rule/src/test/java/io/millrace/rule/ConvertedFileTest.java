package io.millrace.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConvertedFileTest {
    @TempDir private Path folder;

    @Test
    void aRuleAloneIsAQuery() throws IOException {
        ConvertedFile converted = convert("SELECT clientid, qos FROM \"t/#\"");
        assertThat(converted.sql()).contains("SELECT ", "FROM \"t/#\"").endsWith(";\n");
        assertThat(converted.sql()).doesNotContain("INSERT");
    }

    @Test
    void aTargetGetsItsColumnsByName() throws IOException {
        ConvertedFile converted =
                convert(
                        """
                        -- name: first
                        SET 'rule.dialect' = 'emqx';
                        INSERT INTO a.b.c /*+ OPTIONS('x' = 'y') */
                        SELECT clientid, topic as "to" FROM "t/#";
                        -- name: second
                        INSERT INTO d (qos, clientid) SELECT clientid, qos FROM "t/#";
                        SET 'rule.dialect' = 'flink';
                        INSERT INTO e SELECT payload FROM "u";
                        """);
        assertThat(converted.sql())
                .startsWith("-- name: first\n")
                .contains("INSERT INTO a.b.c /*+ OPTIONS('x' = 'y') */ (`clientid`, `to`)\nSELECT ")
                .contains(
                        "-- name: second\n",
                        "INSERT INTO d (qos, clientid)\nSELECT qos, clientid FROM (\nSELECT ")
                .endsWith("INSERT INTO e SELECT payload FROM \"u\";\n")
                .doesNotContain("rule.dialect");
    }

    @Test
    void whatIsNotTheSameIsToldInComments() throws IOException {
        ConvertedFile converted =
                convert("SELECT 1 as x,\n  payload.a[payload.i] as y, peerhost FROM \"t\"");
        assertThat(converted.missing() + converted.different()).isPositive();
        assertThat(converted.sql()).contains(", line 2, column ");
    }

    @Test
    void aMistakeIsShownWithItsPlace() {
        assertThatThrownBy(() -> convert("INSERT INTO t\nSELECT FROM \"t\""))
                .isInstanceOf(RuleException.class)
                .hasMessageContaining("rule.sql:2:8: ");
    }

    private ConvertedFile convert(String text) throws IOException {
        return ConvertedFile.of(Files.writeString(folder.resolve("rule.sql"), text));
    }
}
