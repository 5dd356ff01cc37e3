package io.millrace.rule.emqx.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemberTreeTest {
    private final MemberTree tree = new MemberTree();
    private final int ab = tree.add(List.of("a", "b"));
    private final int ac = tree.add(List.of("a", "c"));
    private final int quoted = tree.add(List.of("q\"é"));

    @Test
    void readsMembersAndPassesOverAllElse() throws JsonException {
        Object[] values =
                read(
                        "{\"z\":[1,{\"a\":\"\\\"\"}],\"a\":{\"x\":{},\"b\":[1,2.5],\"c\":null}"
                                + ",\"q\\\"\\u00e9\":\"é\"}");
        assertThat(values[ab]).isEqualTo(List.of(1L, 2.5));
        assertThat(values[ac]).hasToString("null");
        assertThat(values[quoted]).isEqualTo("é");
    }

    @Test
    void ofEqualMembersTheLastCountsWithAllBelow() throws JsonException {
        Object[] values = read("{\"a\":{\"b\":1,\"c\":1,\"c\":3},\"a\":{\"c\":2}}");
        assertThat(values[ab]).isNull();
        assertThat(values[ac]).isEqualTo(2L);
        assertThat(read("{\"a\":{\"b\":1},\"a\":5}")[ab]).isNull();
    }

    @Test
    void readsTextsOnTheWayAsJson() throws JsonException {
        assertThat(read("{\"a\":\"{\\\"b\\\":7}\"}")[ab]).isEqualTo(7L);
        assertThat(read("\"{\\\"a\\\":{\\\"b\\\":7}}\"")[ab]).isEqualTo(7L);
        assertThat(read("{\"a\":\"{\"}")[ab]).isNull();
    }

    @Test
    void aMemberThatIsWantedAsAWholeHasItsMembersToo() throws JsonException {
        int a = tree.add(List.of("a"));
        Object[] values = read("{\"a\":{\"b\":1}}");
        assertThat(values[a]).isEqualTo(Map.of("b", 1L));
        assertThat(values[ab]).isEqualTo(1L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"a\":1}x",
                "{\"z\":NaN}",
                "{\"z\":1e400}",
                "{\"z\":01}",
                "{\"z\":\"\u0001\"}",
                "{\"z\":\"\\x\"}",
                "{\"z\":\"\\ud800\"}",
                "{z:1}",
                "{\"z\":1,}",
                "[1,]",
                "{\"z\" 1}",
                "{\"z\":tru}",
                "{\"z\":1.}",
                "{\"z\":-}",
                "{\"z\":.5}",
                "\ufeff{}",
                "{\"a\":{\"b\":1}",
                "{\"z\":\"",
                "{\"z\":\"\\u12\"}",
                "'x'",
                "{\"z\":1e}",
            })
    void findsMistakesAnywhere(String document) {
        assertThatThrownBy(() -> read(document)).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> JsonReader.read(document.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(JsonException.class);
    }

    @Test
    void refusesBytesThatAreNoUtf8() {
        for (byte[] bad :
                new byte[][] {
                    {'"', (byte) 0xff, '"'},
                    {'"', (byte) 0xc0, (byte) 0x80, '"'},
                    {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'},
                    {'"', (byte) 0xe2, (byte) 0x82, '"'},
                }) {
            assertThatThrownBy(() -> JsonReader.read(bad)).isInstanceOf(JsonException.class);
            assertThatThrownBy(() -> tree.read(bad, new Object[tree.size()]))
                    .isInstanceOf(JsonException.class);
        }
    }

    private Object[] read(String document) throws JsonException {
        Object[] values = new Object[tree.size()];
        tree.read(document.getBytes(StandardCharsets.UTF_8), values);
        return values;
    }
}
