package io.millrace.cli.terminal;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Lines that are replaced by the next, on a terminal in a screen of their own, which goes away at
 * the end; the last lines stay. Elsewhere one block follows the other. For one thread.
 */
public final class LiveBlock implements AutoCloseable {
    private static final String OWN_SCREEN = "\u001B[?1049h\u001B[?25l\u001B[?7l";
    private static final String BACK = "\u001B[?7h\u001B[?25h\u001B[?1049l";
    private static final String HOME = "\u001B[H";
    private static final String CLEAR_REST_OF_LINE = "\u001B[K";
    private static final String CLEAR_BELOW = "\u001B[J";
    private static final long STTY_MILLIS = 500;

    private final PrintStream out;
    private final boolean inPlace;
    private List<String> latest = List.of();
    private boolean begun;

    LiveBlock(PrintStream out, boolean inPlace) {
        this.out = out;
        this.inPlace = inPlace;
    }

    /** A block of this process's standard output. */
    public static LiveBlock on(Screen screen) {
        return new LiveBlock(System.out, screen.isTerminal());
    }

    /** Shows these lines instead of those before. */
    public void show(List<String> lines) {
        if (!inPlace) {
            if (begun) {
                out.println();
            }
            begun = true;
            lines.forEach(out::println);
            out.flush();
            return;
        }
        latest = List.copyOf(lines);
        StringBuilder text = new StringBuilder(begun ? "" : OWN_SCREEN).append(HOME);
        begun = true;
        // In one piece, so that nobody sees half of it; lines too wide are cut by the terminal.
        int room = height() - 1;
        boolean tooMany = lines.size() > room;
        List<String> shown = tooMany ? lines.subList(0, Math.max(0, room - 1)) : lines;
        shown.forEach(line -> text.append(line).append(CLEAR_REST_OF_LINE).append("\r\n"));
        if (tooMany) {
            text.append("… ")
                    .append(lines.size() - shown.size())
                    .append(" more lines")
                    .append(CLEAR_REST_OF_LINE)
                    .append("\r\n");
        }
        out.print(text.append(CLEAR_BELOW));
        out.flush();
    }

    /** Java does not know how high a terminal is, and it may change. */
    private static int height() {
        try {
            Process stty =
                    new ProcessBuilder("stty", "size")
                            .redirectInput(ProcessBuilder.Redirect.INHERIT)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (!stty.waitFor(STTY_MILLIS, TimeUnit.MILLISECONDS)) {
                stty.destroyForcibly();
                return Integer.MAX_VALUE;
            }
            String answer =
                    new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            int height = Integer.parseInt(answer.strip().split("\\s+")[0]);
            return height > 1 ? height : Integer.MAX_VALUE;
        } catch (IOException | NumberFormatException e) {
            return Integer.MAX_VALUE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Integer.MAX_VALUE;
        }
    }

    /** Leaves the last lines where the cursor was before. */
    @Override
    public void close() {
        if (inPlace && begun) {
            out.print(BACK);
            latest.forEach(out::println);
            out.flush();
        }
    }
}
