package io.millrace.common;

import java.io.Serializable;
import java.util.Objects;

/**
 * A text that must not be seen: a password or a token, or a reference to one such as <code>
 * ${env.TDENGINE_TOKEN}</code>. It prints as {@code ***} wherever it ends up.
 *
 * <p>It holds the text as the user wrote it; {@link #reveal()} resolves references, so a job's plan
 * and state carry the reference and the machine that connects reads the value.
 */
public final class Secret implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String text;

    private Secret(String text) {
        this.text = Objects.requireNonNull(text);
    }

    /** Wraps a text, which may hold references. */
    public static Secret of(String text) {
        return new Secret(text);
    }

    /**
     * Returns the text with its references resolved on this machine.
     *
     * @throws IllegalArgumentException if a reference cannot be resolved; the message names the
     *     reference and not the value
     */
    public String reveal() {
        return References.resolve(text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
