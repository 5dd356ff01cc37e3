package io.millrace.tdengine.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.Secret;
import io.millrace.tdengine.client.Schemas;
import io.millrace.tdengine.client.TDengineConnectionSettings;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.catalog.exceptions.CatalogException;
import org.junit.jupiter.api.Test;

class ServerMetadataTest {
    private long now;
    private int attempts;
    private int opened;
    private int closed;
    private int asked;
    private SQLException openFailure;
    private final List<String> executed = new ArrayList<>();

    private final ServerMetadata metadata =
            new ServerMetadata(
                    "td",
                    TDengineConnectionSettings.builder()
                            .url("jdbc:TAOS-WS://host:6041/?user=root&password=hush")
                            .build(),
                    Duration.ofNanos(100),
                    () -> now,
                    settings -> open());

    private ServerMetadata.Link open() throws SQLException {
        attempts++;
        if (openFailure != null) {
            throw openFailure;
        }
        opened++;
        return new ServerMetadata.Link() {
            @Override
            public Schemas schemas() {
                return null;
            }

            @Override
            public void execute(String statement) {
                executed.add(statement);
            }

            @Override
            public void close() {
                closed++;
            }
        };
    }

    private Optional<String> find(ServerMetadata.Question<Optional<String>> question) {
        return metadata.find(
                "key",
                String.class,
                schemas -> {
                    asked++;
                    return question.ask(schemas);
                });
    }

    @Test
    void connectsWhenFirstAskedAndOnlyOnce() {
        assertThat(opened).isZero();
        find(schemas -> Optional.empty());
        find(schemas -> Optional.empty());
        assertThat(opened).isOne();
    }

    @Test
    void remembersWhatWasFoundForAWhile() {
        find(schemas -> Optional.of("first"));
        now = 99;
        assertThat(find(schemas -> Optional.of("second"))).contains("first");
        now = 100;
        assertThat(find(schemas -> Optional.of("second"))).contains("second");
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void doesNotRememberThatSomethingIsMissing() {
        assertThat(find(schemas -> Optional.empty())).isEmpty();
        assertThat(find(schemas -> Optional.of("created since"))).contains("created since");
    }

    @Test
    void connectsAgainIfTheConnectionDiedMeanwhile() {
        find(schemas -> Optional.empty());
        assertThat(
                        find(
                                schemas -> {
                                    if (opened == 1) {
                                        throw new SQLException("closed", "", 0x2318);
                                    }
                                    return Optional.of("found");
                                }))
                .contains("found");
        assertThat(opened).isEqualTo(2);
        assertThat(closed).isOne();
    }

    @Test
    void saysWhereAndWhatToDoIfTheServerIsAway() {
        openFailure = new SQLException("ERROR (0x231d): can't create connection", "", 0x231d);
        assertThatThrownBy(() -> find(schemas -> Optional.empty()))
                .isInstanceOf(CatalogException.class)
                .hasMessage(
                        "Catalog 'td' cannot read from TDengine at jdbc:TAOS-WS://host:6041/ (user"
                                + " root): 0x231d: can't create connection. Check option 'url' and"
                                + " that taosAdapter (usually port 6041) answers there.")
                .hasStackTraceContaining("0x231d")
                .satisfies(e -> assertThat(e.toString()).doesNotContain("hush"));
        assertThat(attempts).isOne();
    }

    @Test
    void saysWhatToDoIfTheServerRefusesTheUser() {
        openFailure = new SQLException("(0x357):auth failure:Authentication failure", "", 0);
        assertThatThrownBy(() -> find(schemas -> Optional.empty()))
                .hasMessageContaining("Check who connects (options 'username' and 'password'");
    }

    @Test
    void namesAReferenceThatCannotBeResolved() {
        ServerMetadata withReference =
                new ServerMetadata(
                        "td",
                        TDengineConnectionSettings.builder()
                                .url("http://h:6041")
                                .token(Secret.of("${env.MILLRACE_NOT_SET}"))
                                .build(),
                        Duration.ofSeconds(1),
                        () -> 0,
                        ServerMetadata::connect);
        assertThatThrownBy(() -> withReference.find("k", String.class, schemas -> Optional.empty()))
                .isInstanceOf(CatalogException.class)
                .hasMessageContaining("'MILLRACE_NOT_SET' is not set");
    }

    @Test
    void forgetsAllAnswersWhenItChangesSomething() {
        find(schemas -> Optional.of("before"));
        metadata.change("CREATE DATABASE `x`");

        assertThat(executed).containsExactly("CREATE DATABASE `x`");
        assertThat(find(schemas -> Optional.of("after"))).contains("after");
    }
}
