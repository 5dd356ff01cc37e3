package io.millrace.mqtt.source.journal;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;

/**
 * The right to write a journal, which the newest attempt has. Flink may start an attempt while an
 * older one still runs that it takes for dead; both find the same journal.
 *
 * <p><b>Why nothing is lost between two of them.</b> An attempt first <i>claims</i> the journal: it
 * creates a file whose name is a number above all others, which only one attempt can. Then it lists
 * and reads the journal. A writer appends messages, syncs them, then lists the claims, and
 * acknowledges the messages only if there is none above its own. If there is none, each later
 * attempt makes its claim after that listing, reads after its claim, hence after the sync, and so
 * finds the messages. If there is one, nothing is acknowledged: the broker still has the messages
 * and sends them to the newer attempt. It does not matter how long after the listing the
 * acknowledgement goes out.
 *
 * <p>What an older attempt appends after a newer one has read is in its file, unacknowledged and
 * not emitted, at positions that the newer attempt uses too; {@link Segments} leaves it out.
 *
 * <p>All that rests on {@link JournalStorage}'s promises. The broker is a second fence: it ends the
 * older attempt's connection when the newer one connects, which it does after its claim.
 */
final class Attempt {
    private final JournalStorage claims;
    private final long number;

    private Attempt(JournalStorage claims, long number) {
        this.claims = claims;
        this.number = number;
    }

    /**
     * Claims a journal.
     *
     * @param newest the newest attempt that is known otherwise
     */
    static Attempt claim(JournalStorage claims, long newest) throws IOException {
        long above = newest;
        while (true) {
            long number = Math.max(above, newestClaim(claims)) + 1;
            try {
                claims.create(file(number)).close();
                Attempt attempt = new Attempt(claims, number);
                attempt.forgetOlder();
                return attempt;
            } catch (FileAlreadyExistsException e) {
                // Another one was quicker.
                above = number;
            }
        }
    }

    /** Counted from 1. */
    long number() {
        return number;
    }

    /**
     * Makes sure that no newer attempt has claimed the journal.
     *
     * @throws JournalException if one has
     */
    void requireNewest() throws IOException {
        long newest = newestClaim(claims);
        if (newest > number) {
            throw new JournalException(
                    "another attempt (number "
                            + newest
                            + ") has taken over the journal '"
                            + claims.location()
                            + "'; this one (number "
                            + number
                            + ") acknowledges nothing more, and what it received last the broker sends again. If Flink has not restarted the job, another job, or a source at another broker, uses the same 'client-id.prefix' and 'scan.journal.path'; give it others.");
        }
        if (newest < number) {
            throw new JournalException(
                    "the journal's folder '"
                            + claims.location()
                            + "' was removed while the job was running. What it received last the broker sends again.");
        }
    }

    private void forgetOlder() throws IOException {
        for (JournalStorage.StoredFile file : claims.list()) {
            if (numberOf(file.name()) < number) {
                claims.delete(file.name());
            }
        }
    }

    private static long newestClaim(JournalStorage claims) throws IOException {
        long newest = 0;
        for (JournalStorage.StoredFile file : claims.list()) {
            newest = Math.max(newest, numberOf(file.name()));
        }
        return newest;
    }

    private static long numberOf(String file) {
        return file.matches("\\d{10,18}") ? Long.parseLong(file) : 0;
    }

    private static String file(long number) {
        return "%010d".formatted(number);
    }
}
