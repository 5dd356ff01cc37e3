package io.millrace.rule.emqx;

/** What one evaluation works on. Used by one thread, again for each message. */
final class Frame {
    /** What the rule assigned. A slot is written before it is read, so nothing is cleared. */
    final Object[] slots;

    final Payload payload;
    EmqxMessage message;

    Frame(int slots, PayloadPlan plan) {
        this.slots = new Object[slots];
        this.payload = new Payload(plan);
    }

    void begin(EmqxMessage next) {
        message = next;
        payload.begin(next.payload());
    }
}
