package io.millrace.functions.library;

import static io.millrace.functions.library.Refusal.refusal;
import static io.millrace.functions.library.SqlCall.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.functions.value.Json;
import io.millrace.functions.value.JsonNull;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MapFunctionsTest {
    private static final Object DEEP = Json.decode("{\"a\":1,\"b\":{\"c\":\"d\"},\"n\":null}");

    @Test
    void readsTheMemberAtAPath() {
        assertThat(call("map_get", "b.c", DEEP)).isEqualTo("d");
        assertThat(call("map_get", "b.c.d", DEEP)).isNull();
        assertThat(call("map_get", "n", DEEP, 1L)).isEqualTo(JsonNull.NULL);
        assertThat(call("map_get", "z", DEEP, 1L)).isEqualTo(1L);
    }

    @Test
    void readsTextsOnTheWayAsJson() {
        assertThat(call("map_get", "j.x", Map.of("j", "{\"x\":7}"))).isEqualTo(7L);
        assertThat(call("map_get", "a", "\"{\\\"a\\\":1}\"")).isEqualTo(1L);
        assertThat(call("map_get", "a", "{oops")).isNull();
    }

    @Test
    void takesNoPathButText() {
        assertThat(refusal(() -> call("map_get", 42L, DEEP))).isEqualTo("badmatch");
        assertThat(refusal(() -> call("map_put", null, 1L, DEEP))).isEqualTo("badmatch");
        assertThat(refusal(() -> call("map_put", ".".repeat(1000), 1L, DEEP))).isEqualTo("badarg");
    }

    @Test
    void replacesWhatIsNoMapOnTheWay() {
        assertThat(call("map_put", "a.x", 1L, DEEP))
                .isEqualTo(Json.decode("{\"a\":{\"x\":1},\"b\":{\"c\":\"d\"},\"n\":null}"));
        assertThat(call("map_put", "k", 1L, List.of(3L))).isEqualTo(Map.of("k", 1L));
        assertThat(call("map_put", "a.b", 1L, "{\"a\":{\"q\":1}}"))
                .isEqualTo(Json.decode("{\"a\":{\"b\":1}}"));
    }

    @Test
    void keepsTheMembersBesideThePath() {
        assertThat(call("map_put", "b.x.y", 1L, DEEP))
                .isEqualTo(Json.decode("{\"a\":1,\"b\":{\"c\":\"d\",\"x\":{\"y\":1}},\"n\":null}"));
    }

    @Test
    void doesNotChangeItsArgument() {
        call("map_put", "b.x", 1L, DEEP);
        call("mput", "x", 1L, DEEP);

        assertThat(Json.encode(DEEP)).isEqualTo("{\"a\":1,\"b\":{\"c\":\"d\"},\"n\":null}");
    }

    @Test
    void takesNamesWithDotsAsTheyAre() {
        assertThat(call("mget", "b.c", DEEP)).isNull();
        assertThat(call("mget", 1L, Map.of("1", "one"))).isNull();
        assertThat(call("mput", "b.c", 1L, Map.of())).isEqualTo(Map.of("b.c", 1L));
    }

    @Test
    void refusesWhatIsNoMap() {
        assertThat(refusal(() -> call("mget", "a", "[1]"))).isEqualTo("badarg");
        assertThat(refusal(() -> call("mget", "a", "{oops"))).isEqualTo("invalid_json");
        assertThat(refusal(() -> call("map_keys", (Object) null))).isEqualTo("badarg");
        assertThat(refusal(() -> call("map_size", JsonNull.NULL))).isEqualTo("badarg");
    }

    @Test
    void sortsByBytesOfNames() {
        Object map = Json.decode("{\"\uD83D\uDE00\":1,\"\uFF5E\":2,\"é\":3,\"z\":4}");

        assertThat(call("map_keys", map)).isEqualTo(List.of("z", "é", "\uFF5E", "\uD83D\uDE00"));
        assertThat(call("map_values", map)).isEqualTo(List.of(4L, 3L, 2L, 1L));
    }
}
