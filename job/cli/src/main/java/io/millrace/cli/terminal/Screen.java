package io.millrace.cli.terminal;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * Prints lines, and at the bottom, on a terminal, one status line that is replaced by the next.
 * Thread-safe: the log writes here too.
 */
public final class Screen {
    private static final String CLEAR_LINE = "\r\u001B[2K";
    // A status line longer than the terminal is wide is cut off instead of wrapped.
    private static final String NO_WRAP = "\u001B[?7l";
    private static final String WRAP = "\u001B[?7h";

    private final PrintStream out;
    private final boolean inPlace;
    private final boolean colours;
    private String status = "";

    Screen(PrintStream out, boolean inPlace, boolean colours) {
        this.out = out;
        this.inPlace = inPlace;
        this.colours = colours;
    }

    /** The screen of this process: its standard output, a terminal or not. */
    public static Screen ofProcess() {
        // Not null only if both input and output are a terminal.
        boolean terminal = System.console() != null && !"dumb".equals(System.getenv("TERM"));
        return new Screen(System.out, terminal, Ansi.AUTO.enabled());
    }

    /** A screen of this process's standard output without colours and status line. */
    public static Screen plain() {
        return plain(System.out);
    }

    /** A screen of this stream without colours and status line. */
    public static Screen plain(PrintStream out) {
        return new Screen(out, false, false);
    }

    /** Whether {@link #status} replaces the line before. */
    public boolean isTerminal() {
        return inPlace;
    }

    /** Prints a line, or several, above the status line. */
    public synchronized void line(String text) {
        print(out, text);
    }

    /** Shows the status line: on a terminal in the place of the one before. */
    public synchronized void status(String text) {
        if (!inPlace) {
            out.println(text);
            return;
        }
        status = text;
        out.print(CLEAR_LINE + NO_WRAP + text + WRAP);
        out.flush();
    }

    /** Leaves the last status line where it is; what follows goes below it. */
    public synchronized void endStatus() {
        if (!status.isEmpty()) {
            status = "";
            out.println();
        }
    }

    /** The text set off, on a terminal with colours. */
    public String strong(String text) {
        return styled(text, Style.bold);
    }

    /** The text in the background, on a terminal with colours. */
    public String faint(String text) {
        return styled(text, Style.faint);
    }

    /** The text as a warning, on a terminal with colours. */
    public String warning(String text) {
        return styled(text, Style.fg_yellow);
    }

    /** The text as good news, on a terminal with colours. */
    public String good(String text) {
        return styled(text, Style.fg_green);
    }

    /** The text as bad news, on a terminal with colours. */
    public String bad(String text) {
        return styled(text, Style.fg_red);
    }

    private String styled(String text, Style style) {
        return colours ? style.on() + text + Style.reset.on() : text;
    }

    /** Wraps another stream of the same terminal, so that its lines leave the status line whole. */
    public PrintStream around(PrintStream other) {
        return inPlace ? new PrintStream(new Lines(other), true) : other;
    }

    private void print(PrintStream to, String text) {
        boolean redraw = !status.isEmpty();
        if (redraw) {
            out.print(CLEAR_LINE);
            out.flush();
        }
        to.println(text);
        to.flush();
        if (redraw) {
            status(status);
        }
    }

    /** Gathers bytes until a line is whole. Guarded by the screen. */
    private final class Lines extends OutputStream {
        private final PrintStream to;
        private final Charset charset;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        Lines(PrintStream to) {
            this.to = to;
            this.charset = Charset.defaultCharset();
        }

        @Override
        public void write(int b) {
            synchronized (Screen.this) {
                if (b == '\n') {
                    print(to, line.toString(charset));
                    line.reset();
                } else if (b != '\r') {
                    line.write(b);
                }
            }
        }
    }
}
