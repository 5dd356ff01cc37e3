package io.millrace.cli.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class RootCauseTest {
    @Test
    void findsTheInnermostCauseOfAStackTrace() {
        assertThat(
                        RootCause.of(
                                """
                                org.apache.flink.runtime.JobException: Recovery is suppressed
                                \tat org.apache.flink.X.y(X.java:1)
                                Caused by: java.io.IOException: Write failed
                                \tat a.B.c(B.java:2)
                                Caused by: java.sql.SQLException: Table does not exist: temp_hum
                                \tat d.E.f(E.java:3)
                                \t... 5 more
                                """))
                .isEqualTo("Table does not exist: temp_hum");
    }

    @Test
    void keepsTheNameOfAnExceptionThatSaysLittle() {
        assertThat(RootCause.of("java.lang.NullPointerException\n\tat a.B.c(B.java:2)"))
                .isEqualTo("NullPointerException");
        assertThat(RootCause.of("java.net.UnknownHostException: broker\n"))
                .isEqualTo("UnknownHostException: broker");
    }

    @Test
    void findsTheInnermostCauseOfAnException() {
        assertThat(
                        RootCause.of(
                                new IllegalStateException(
                                        "outer", new IOException("No space left on device"))))
                .isEqualTo("No space left on device");
    }

    @Test
    void leavesASentenceWithAColonWhole() {
        assertThat(RootCause.of("This is odd: very")).isEqualTo("This is odd: very");
    }
}
