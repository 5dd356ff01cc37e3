package io.millrace.tdengine.sink.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class StringTextTest {

    @Provide
    Arbitrary<String> hateful() {
        return Arbitraries.strings()
                .withChars("\\'\"`;-%_xnrt0,() \n\t")
                .withChars('ü', '中')
                .ofMaxLength(40)
                .map(text -> text + "😀");
    }

    private static String literal(String text) throws RowRejectedException {
        GrowingBytes out = new GrowingBytes(1);
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        StringText.check(utf8);
        StringText.append(out, utf8, 0, utf8.length);
        return out.toString();
    }

    /** Reads a literal as TDengine does; null if it ends before its last character. */
    private static String readAsTDengine(String literal) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < literal.length(); i++) {
            char c = literal.charAt(i);
            if (c == '\'') {
                return i == literal.length() - 1 ? text.toString() : null;
            }
            if (c == '\\') {
                char next = literal.charAt(++i);
                switch (next) {
                    case 'n' -> text.append('\n');
                    case 'r' -> text.append('\r');
                    case 't' -> text.append('\t');
                    case '%', '_', 'x' -> text.append('\\').append(next);
                    default -> text.append(next);
                }
            } else {
                text.append(c);
            }
        }
        return null;
    }

    @Property
    void theServerReadsTheSameTextAndNothingBehindIt(@ForAll("hateful") String text)
            throws RowRejectedException {
        assertThat(readAsTDengine(literal(text))).isEqualTo(text);
    }

    @Property
    void aDeadLetterShowsTheSameText(@ForAll("hateful") String text) {
        GrowingBytes row = new GrowingBytes(1);
        TestRows.append(row, 1);
        TestRows.append(row, text);
        TestRows.append(row, null);

        assertThat(RowValues.plain(TestRows.columns(1, "ts", "a:text", "b"), row.bytes(), 0))
                .containsEntry("a", text)
                .containsEntry("b", null);
    }

    @Test
    void rejectsNul() {
        assertThatThrownBy(() -> literal("a\0b"))
                .isInstanceOf(RowRejectedException.class)
                .hasMessageContaining("NUL");
    }

    @Test
    void writesBytesAsHexDigits() {
        GrowingBytes out = new GrowingBytes(1);
        StringText.appendHex(out, new byte[] {0, 0x0a, (byte) 0xff}, 0, 3);
        StringText.appendHex(out, new byte[0], 0, 0);

        assertThat(out).hasToString("'\\x000aff'''");
    }

    @Test
    void countsCodePoints() {
        assertThat(StringText.characters("aü中😀".getBytes(StandardCharsets.UTF_8))).isEqualTo(4);
    }
}
