package io.millrace.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class ScreenTest {
    private static final String CLEAR = "\r\u001B[2K";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true);

    private String printed() {
        return bytes.toString().replace("\u001B[?7l", "").replace("\u001B[?7h", "");
    }

    @Test
    void printsStatusLinesOneBelowTheOtherIntoAFile() {
        Screen screen = new Screen(out, false, false);
        screen.status("1");
        screen.line("event");
        screen.status("2");
        screen.endStatus();

        assertThat(bytes.toString().lines()).containsExactly("1", "event", "2");
    }

    @Test
    void keepsTheStatusBelowOtherLinesOnATerminal() {
        Screen screen = new Screen(out, true, false);
        screen.status("1");
        screen.line("event");
        screen.endStatus();

        assertThat(printed())
                .isEqualTo(
                        CLEAR
                                + "1"
                                + CLEAR
                                + "event\n"
                                + CLEAR
                                + "1\n".replace("\n", System.lineSeparator()));
    }

    @Test
    void keepsTheStatusBelowLinesOfTheErrorStream() {
        Screen screen = new Screen(out, true, false);
        PrintStream err = screen.around(out);
        screen.status("1");
        err.print("war");
        err.println("ning");

        assertThat(printed()).isEqualTo(CLEAR + "1" + CLEAR + "warning\n" + CLEAR + "1");
    }

    @Test
    void coloursOnlyWhereColoursAre() {
        assertThat(new Screen(out, true, false).warning("x")).isEqualTo("x");
        assertThat(new Screen(out, true, true).warning("x")).contains("\u001B[").contains("x");
    }
}
