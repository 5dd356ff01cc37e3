package io.millrace.rule.emqx;

/**
 * One entry of a list: computes a value and puts it into the output.
 *
 * @param slot what the value goes to, or to a part of
 * @param path the part, or empty for all of it
 * @param before what the slot's value was before, or null if there was none; only for parts
 */
record Assignment(Code value, int slot, Access[] path, Code before) {

    void run(Frame frame) {
        Object result = value.run(frame);
        if (path.length == 0) {
            frame.slots[slot] = result;
        } else {
            Object whole = before == null ? null : before.run(frame);
            frame.slots[slot] = Access.put(whole, path, 0, result, frame);
        }
    }
}
