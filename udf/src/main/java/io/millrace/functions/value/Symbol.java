package io.millrace.functions.value;

/**
 * A symbolic name, such as the value of the column {@code event}. It compares as its text does and
 * is no text to {@code is_str}.
 *
 * @param text the name
 */
public record Symbol(String text) {
    @Override
    public String toString() {
        return text;
    }
}
