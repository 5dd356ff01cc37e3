package io.millrace.tdengine.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.Secret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TDengineConnectionSettingsTest {

    private static TDengineConnectionSettings.Builder settings(String url) {
        return TDengineConnectionSettings.builder().url(url);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    jdbc:TAOS-WS://h1:1,h2:2/           | h1:1 h2:2             | false
                    jdbc:TAOS-WS://h1/Db?useSSL=true    | h1:443                | true
                    jdbc:TAOS-RS://h1:6041/?timezone=UTC| h1:6041               | false
                    http://127.0.0.1                    | 127.0.0.1:6041        | false
                    ws://host:99/ws                     | host:99               | false
                    https://gw.example.com              | gw.example.com:443    | true
                    wss://gw.example.com:8443/rest/sql  | gw.example.com:8443   | true
                    http://[::1]:6041/                  | [::1]:6041            | false
                    http://a:6041,http://b:6042         | a:6041 b:6042         | false
                    https://a , https://b/db            | a:443 b:443           | true
                    http://a,b,http://c/                | a:6041 b:6041 c:6041  | false
                    http://a,http://a:6041              | a:6041                | false
                    """)
    void readsAllFormsOfUrls(String url, String endpoints, boolean ssl) {
        TDengineUrl parsed = settings(url).token(Secret.of("t")).build().resolve().url();

        assertThat(parsed.endpoints()).containsExactly(endpoints.split(" "));
        assertThat(parsed.ssl()).isEqualTo(ssl);
    }

    @Test
    void takesSecretsOutOfEveryUrlOfAList() {
        TDengineConnectionSettings settings =
                settings("http://u:s3cr3t@a:6041/,http://u:s3cr3t@b:6041/?password=s3cr3t").build();

        assertThat(settings.url()).isEqualTo("http://a:6041/,http://b:6041/");
        assertThat(settings.username()).isEqualTo("u");
        assertThat(settings.password().reveal()).isEqualTo("s3cr3t");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    http://a,https://b     | their use of TLS
                    http://a/x,http://b/y  | the database
                    http://a,ftp://b       | is not understood
                    """)
    void refusesListsThatAreOfNoOneCluster(String url, String message) {
        assertThatThrownBy(() -> settings(url).token(Secret.of("t")).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void takesTheTokenOutOfTheUrl() {
        TDengineConnectionSettings settings =
                settings("https://gw.example.com/?token=s3cr3t&timezone=Europe/Berlin").build();

        assertThat(settings.url()).isEqualTo("https://gw.example.com/?timezone=Europe/Berlin");
        assertThat(settings.token().reveal()).isEqualTo("s3cr3t");
        assertThat(settings.toString()).doesNotContain("s3cr3t");
        assertThat(settings.resolve().url().parameters())
                .containsOnly(java.util.Map.entry("timezone", "Europe/Berlin"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://root:p%40ss@h:6041/iot",
                "jdbc:TAOS-WS://h:6041/iot?user=root&password=p%40ss"
            })
    void takesUserAndPasswordOutOfTheUrl(String url) {
        TDengineConnectionSettings settings = settings(url).build();

        assertThat(settings.url()).doesNotContain("root").doesNotContain("p%40ss");
        assertThat(settings.username()).isEqualTo("root");
        assertThat(settings.password().reveal()).isEqualTo("p@ss");
        assertThat(settings.database()).contains("iot");
    }

    @Test
    void keepsReferencesUntilAConnectionIsMade() {
        TDengineConnectionSettings settings =
                settings("${env.MILLRACE_NO_SUCH_URL}")
                        .username("root")
                        .password(Secret.of("x"))
                        .build();

        assertThat(settings.url()).isEqualTo("${env.MILLRACE_NO_SUCH_URL}");
        assertThat(settings.database()).isEmpty();
        assertThatThrownBy(settings::resolve).hasMessageContaining("MILLRACE_NO_SUCH_URL");
    }

    @Test
    void reportsAllProblemsInOneMessage() {
        assertThatThrownBy(
                        () ->
                                settings("jdbc:mysql://h/")
                                        .username("root")
                                        .token(Secret.of("s3cr3t"))
                                        .requestTimeout(Duration.ofMillis(5))
                                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'jdbc:mysql://h/'")
                .hasMessageContaining("exclude each other")
                .hasMessageContaining("'password' is missing")
                .hasMessageContaining("'request-timeout' is 5 ms")
                .hasMessageNotContaining("s3cr3t");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:TAOS://h:6030/",
                "http://h:99999",
                "http://",
                "h:6041",
                "http://h/a/b",
                "jdbc:TAOS-WS://h/?enableAutoReconnect=true"
            })
    void refusesWhatItCannotUse(String url) {
        assertThatThrownBy(() -> settings(url).token(Secret.of("t")).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(url);
    }

    @Test
    void isTheSameAfterSerialisation() throws Exception {
        TDengineConnectionSettings settings =
                settings("http://h").username("u").password(Secret.of("p")).build();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(settings);

        Object read =
                new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

        assertThat(read).isEqualTo(settings).hasSameHashCodeAs(settings);
    }
}
