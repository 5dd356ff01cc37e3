package io.millrace.rule.syntax;

/**
 * A change that may make a statement right, and what it says of the mistake if it does.
 *
 * @param start offset of what is replaced
 * @param end offset after it
 * @param replacement what stands there instead
 * @param place offset to show
 * @param message what is wrong
 * @param remedy what to do
 * @param sure whether it is it also if something else is wrong behind it
 */
record Repair(
        int start,
        int end,
        String replacement,
        int place,
        String message,
        String remedy,
        boolean sure) {

    static Repair replace(Token token, String replacement, String message, String remedy) {
        return new Repair(
                token.start(), token.end(), replacement, token.start(), message, remedy, true);
    }

    static Repair insertBefore(Token token, String text, String message, String remedy) {
        return new Repair(
                token.start(),
                token.start(),
                " " + text + " ",
                token.start(),
                message,
                remedy,
                false);
    }

    Repair unsure() {
        return new Repair(start, end, replacement, place, message, remedy, false);
    }

    String apply(String sql) {
        return sql.substring(0, start) + replacement + sql.substring(end);
    }
}
