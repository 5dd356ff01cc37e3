package io.millrace.cli.status;

import java.util.OptionalLong;

/**
 * One rule of a running job.
 *
 * @param passed messages that the rule's condition holds for; empty if it is not counted
 * @param filtered those that it does not hold for; empty likewise
 * @param waiting messages that came from the broker and were not handed to the rule yet
 * @param unacked messages that the broker waits for an acknowledgement of
 * @param lagMillis the age of the oldest of them
 * @param busyPercent of the time of its busiest task; -1 if not known
 * @param backPressuredPercent of the time of its most held-back task; -1 if not known
 * @param outageSeconds for how long the target has not answered; 0 if it does
 */
public record RuleStatus(
        String name,
        Account account,
        OptionalLong passed,
        OptionalLong filtered,
        long waiting,
        long unacked,
        long lagMillis,
        int busyPercent,
        int backPressuredPercent,
        long outageSeconds) {}
