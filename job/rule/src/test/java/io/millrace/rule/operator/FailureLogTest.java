package io.millrace.rule.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.helpers.MessageFormatter;

class FailureLogTest {
    private final List<String> lines = new ArrayList<>();
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final FailureLog log = new FailureLog(logger(), "r", now::get);

    @Test
    void manyFailuresAreALineInTenSeconds() {
        log.failed("first", "t");
        log.failed("second", "t");
        now.addAndGet(9_999_999_999L);
        log.failed("third", "t");
        now.addAndGet(1);
        log.failed("fourth", "u");
        assertThat(lines)
                .containsExactly(
                        "Rule 'r' fails on a message of 't': first",
                        "Rule 'r' fails on a message of 'u': fourth (and 2 messages since the last such line)");
    }

    private Logger logger() {
        return (Logger)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {Logger.class},
                        (proxy, method, arguments) -> {
                            lines.add(
                                    MessageFormatter.arrayFormat(
                                                    (String) arguments[0], (Object[]) arguments[1])
                                            .getMessage());
                            return null;
                        });
    }
}
