package io.millrace.tdengine.sink.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableNameTest {

    @Property
    void isAlwaysANameThatTDengineTakes(@ForAll @NotEmpty @StringLength(max = 300) String text)
            throws RowRejectedException {
        String name = TableName.of(text);

        assertThat(name).matches("[ -~&&[^.`]]{1,192}").isEqualTo(TableName.of(text));
    }

    @Property
    void differsForDifferentTexts(@ForAll @NotEmpty @StringLength(max = 20) String text)
            throws RowRejectedException {
        // What can be decoded again cannot have come from two texts. The name is URL encoding but
        // for the plus sign.
        String name = TableName.of(text).replace("+", "%2B");
        String wellFormed =
                new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);

        if (name.length() < 150) {
            assertThat(URLDecoder.decode(name, StandardCharsets.UTF_8)).isEqualTo(wellFormed);
        }
    }

    @Test
    void isTheSameWhenItIsRemembered() throws RowRejectedException {
        NameCache names = new NameCache(true);
        // More than it remembers, so that some take the place of others.
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 50_000; i++) {
                byte[] text = ("Line.7/d" + i).getBytes(StandardCharsets.UTF_8);

                assertThat(names.name(text)).isEqualTo(TableName.of("line.7/d" + i));
            }
        }
        assertThat(names.name(null)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "d_C-1/x y, d_C-1/x y",
        "a.b, a%2Eb",
        "50%, 50%25",
        "`, %60",
        "ü, %C3%BC",
        "q r, q r"
    })
    void escapesOnlyWhatItMust(String text, String expected) throws RowRejectedException {
        assertThat(TableName.of(text)).isEqualTo(expected);
    }

    @Test
    void tellsLongNamesApartByAHash() throws RowRejectedException {
        String common = "x".repeat(192);

        assertThat(TableName.of(common)).isEqualTo(common);
        assertThat(TableName.of(common + "a"))
                .hasSize(192)
                .startsWith("x".repeat(175) + "_")
                .isNotEqualTo(TableName.of(common + "b"));
    }

    @Test
    void doesNotCutThroughAnEscape() throws RowRejectedException {
        for (int length = 170; length < 178; length++) {
            String name = TableName.of("x".repeat(length) + "ü".repeat(40));
            assertThat(name.substring(0, name.length() - 17)).matches("x+(%[0-9A-F]{2})*");
        }
    }

    @Test
    void rejectsTheEmptyName() {
        assertThatThrownBy(() -> TableName.of("")).isInstanceOf(RowRejectedException.class);
    }
}
