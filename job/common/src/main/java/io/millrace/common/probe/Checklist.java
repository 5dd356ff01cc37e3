package io.millrace.common.probe;

import java.util.ArrayList;
import java.util.List;

/** Gathers checks in their order, and times them. For one thread. */
public final class Checklist {
    /** One look. */
    @FunctionalInterface
    public interface Look {
        /**
         * Looks.
         *
         * @throws Exception what it throws is a bad finding
         */
        Finding look() throws Exception;
    }

    private final List<Check> checks = new ArrayList<>();

    /**
     * Looks and notes what was found.
     *
     * @return whether it was not bad, so that looks that need it make sense
     */
    public boolean run(String name, Look look) {
        long began = System.nanoTime();
        Finding finding;
        try {
            finding = look.look();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            finding = Finding.unknown("interrupted", "");
        } catch (Exception e) {
            finding = Finding.bad(e, "");
        }
        long millis = (System.nanoTime() - began) / 1_000_000;
        checks.add(new Check(name, finding.verdict(), finding.found(), finding.remedy(), millis));
        return finding.verdict() != Verdict.BAD;
    }

    /** Notes what was found without a question of its own. */
    public void note(String name, Finding finding) {
        checks.add(new Check(name, finding.verdict(), finding.found(), finding.remedy(), 0));
    }

    /** All so far. */
    public List<Check> checks() {
        return List.copyOf(checks);
    }
}
