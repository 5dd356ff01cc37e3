package io.millrace.devkit.tdengine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded server by HTTP, its credentials and its folder. */
class RestITCase {
    private final HttpClient client = HttpClient.newHttpClient();
    @TempDir private Path folder;
    private DevelopmentServer server;

    @BeforeEach
    void start() {
        server =
                DevelopmentServer.builder()
                        .folder(folder)
                        .credentials("me", "s3cret")
                        .token("t0ken")
                        .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> post(String path, String authorization, String sql)
            throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server.url() + path))
                        .POST(HttpRequest.BodyPublishers.ofString(sql));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private String get(String path) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(URI.create(server.url() + path)).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private String sql(String sql) throws Exception {
        return post("/rest/sql", basic("me:s3cret"), sql).body();
    }

    @Test
    void answersStatements() throws Exception {
        assertThat(sql("CREATE DATABASE d PRECISION 'us'"))
                .isEqualTo(
                        "{\"code\":0,\"column_meta\":[[\"affected_rows\",\"INT\",4]],\"data\":[[0]],\"rows\":1}");
        post("/rest/sql/d", basic("me:s3cret"), "CREATE TABLE t (ts TIMESTAMP, v DOUBLE)");
        sql("INSERT INTO d.t VALUES (1700000000123456, 1.5) (1700000000123457, 7)");
        assertThat(sql("SELECT * FROM d.t"))
                .isEqualTo(
                        "{\"code\":0,\"column_meta\":[[\"ts\",\"TIMESTAMP\",8],[\"v\",\"DOUBLE\",8]],"
                                + "\"data\":[[\"2023-11-14T22:13:20.123456Z\",1.5],"
                                + "[\"2023-11-14T22:13:20.123457Z\",7]],\"rows\":2}");
        assertThat(
                        post(
                                        "/rest/sql?tz=Asia/Shanghai&row_with_meta=true",
                                        basic("me:s3cret"),
                                        "SELECT ts FROM d.t LIMIT 1")
                                .body())
                .contains("[{\"ts\":\"2023-11-15T06:13:20.123456+08:00\"}]");
        assertThat(sql("SELEC 1"))
                .isEqualTo("{\"code\":9728,\"desc\":\"syntax error near \\\"selec 1\\\"\"}");
    }

    @Test
    void asksForCredentials() throws Exception {
        assertThat(post("/rest/sql", null, "SHOW DATABASES").statusCode()).isEqualTo(401);
        assertThat(post("/rest/sql", basic("me:wrong"), "SHOW DATABASES").body())
                .isEqualTo("{\"code\":855,\"desc\":\"Authentication failure\"}");
        assertThat(post("/rest/sql", basic("you:s3cret"), "SHOW DATABASES").body())
                .contains("Invalid user");
        assertThat(post("/rest/sql?token=t0ken", null, "SHOW DATABASES").body())
                .contains("\"code\":0");
        assertThat(post("/rest/sql?token=wrong", null, "SHOW DATABASES").statusCode())
                .isEqualTo(401);
    }

    @Test
    void logsIn() throws Exception {
        String answer = get("/rest/login/me/s3cret");
        String token = answer.replaceAll(".*\"desc\":\"([^\"]+)\".*", "$1");
        assertThat(post("/rest/sql", "Taosd " + token, "SHOW DATABASES").body())
                .contains("\"code\":0");
        assertThat(get("/rest/login/me/wrong")).contains("\"code\":3");
    }

    @Test
    void saysThatItIsAlive() throws Exception {
        assertThat(get("/-/ping")).isEmpty();
    }

    @Test
    void letsTheDriverInByToken() throws Exception {
        try (Connection connection =
                        DriverManager.getConnection(server.jdbcUrl() + "?token=t0ken");
                ResultSet version =
                        connection.createStatement().executeQuery("SELECT server_version()")) {
            version.next();
            assertThat(version.getString(1)).isEqualTo("3.3.8.0-millrace-development-server");
        }
    }

    @Test
    void findsItsFolderAgain() throws Exception {
        sql("CREATE DATABASE d PRECISION 'ns' KEEP 36500");
        sql(
                "CREATE STABLE d.s (ts TIMESTAMP, v NCHAR(9)) TAGS (g INT, `H` VARCHAR(3)) COMMENT 'c'");
        sql("CREATE TABLE d.n (ts TIMESTAMP, k INT PRIMARY KEY, v INT)");
        sql("INSERT INTO d.`Sub` USING d.s TAGS (1, 'x') VALUES (1700000000000000001, 'a')");
        String before = sql("SELECT * FROM d.s");
        String describe = sql("DESCRIBE d.n");
        server.close();
        start();

        assertThat(sql("SELECT * FROM d.s")).isEqualTo(before).contains("00000001Z");
        assertThat(sql("DESCRIBE d.n")).isEqualTo(describe).contains("PRIMARY KEY");
        sql("INSERT INTO d.`Sub` VALUES (1700000000000000001, 'b') (1700000000000000002, 'c')");
        sql("INSERT INTO d.other USING d.s (g) TAGS (2) VALUES (1700000000000000001, 'd')");
        assertThat(sql("SELECT tbname, v FROM d.s ORDER BY tbname, ts"))
                .contains("[[\"Sub\",\"b\"],[\"Sub\",\"c\"],[\"other\",\"d\"]]");
    }
}
