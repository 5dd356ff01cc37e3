package io.millrace.rule.plan;

/**
 * What is to be said of a mistake.
 *
 * @param offset of the place; negative if it is where the planner says
 * @param message what is wrong
 * @param remedy what to do; may be empty
 * @param instead SQL that was probably meant; empty if that is not known
 */
record Words(int offset, String message, String remedy, String instead) {

    static Words of(String message, String remedy) {
        return new Words(-1, message, remedy, "");
    }

    static Words at(int offset, String message, String remedy) {
        return new Words(offset, message, remedy, "");
    }
}
