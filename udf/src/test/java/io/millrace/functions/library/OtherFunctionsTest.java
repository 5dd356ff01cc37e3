package io.millrace.functions.library;

import static io.millrace.functions.library.Refusal.refusal;
import static io.millrace.functions.library.SqlCall.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.functions.value.JsonNull;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class OtherFunctionsTest {

    @Test
    void choosesWhatIsNotUndefined() {
        assertThat(call("coalesce", JsonNull.NULL, "d")).isEqualTo(JsonNull.NULL);
        assertThat(call("coalesce", "", "d")).isEqualTo("");
        assertThat(call("coalesce", Arrays.asList(null, 3L))).isEqualTo(3L);
        assertThat(call("coalesce", List.of())).isNull();
        assertThat(refusal(() -> call("coalesce", "a"))).isEqualTo("bad_sql_function_argument");
    }

    @Test
    void choosesWhatIsNotEmpty() {
        assertThat(call("coalesce_ne", "", null)).isNull();
        assertThat(call("coalesce_ne", null, "")).isNull();
        assertThat(call("coalesce_ne", List.of(), "d")).isEqualTo("d");
        assertThat(call("coalesce_ne", 0L, 1L)).isEqualTo(0L);
        assertThat(call("coalesce_ne", Arrays.asList("", null, "x"))).isEqualTo("x");
    }

    @Test
    void uuidsAreOfVersionFourAndDiffer() {
        String uuid = (String) call("uuid_v4");

        assertThat(uuid).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-.{12}");
        assertThat(call("uuid_v4")).isNotEqualTo(uuid);
        assertThat((String) call("uuid_v4_no_hyphen")).matches("[0-9a-f]{32}");
    }

    @Test
    void aVariableThatIsNotSetIsEmpty() {
        assertThat(call("getenv", "PATH")).isEqualTo("");
        assertThat(refusal(() -> call("getenv", 1L))).isEqualTo("bad_sql_function_argument");
    }

    @Test
    void saysWhyAFunctionIsNotHere() {
        Library library = Library.standard();

        assertThat(library.reasonAgainst("kv_store_get")).get().asString().contains("JOIN");
        assertThat(library.reasonAgainst("nth")).isEmpty();
        assertThat(library.notApplicable())
                .hasSize(19)
                .allSatisfy(name -> assertThat(library.find(name)).isEmpty());
    }

    @Test
    void whatIsNotKnownWithoutTheClockIsSaid() {
        for (String name : List.of("now_timestamp", "uuid_v4", "getenv", "format_date")) {
            assertThat(Library.standard().find(name).orElseThrow().deterministic()).isFalse();
        }
        for (String name : List.of("md5", "date_to_unix_ts", "unix_ts_to_rfc3339", "jq")) {
            assertThat(Library.standard().find(name).orElseThrow().deterministic()).isTrue();
        }
    }
}
