package io.millrace.rule.emqx.syntax;

/** One step of a path. */
public sealed interface Step {

    /** A member of a map. */
    record Key(String name) implements Step {}

    /**
     * An element of an array, counted from 1, or from the end if negative.
     *
     * @param position zero reads nothing, and writes before the first element
     * @param negative tells minus zero, which writes behind the last element
     */
    record Index(long position, boolean negative) implements Step {}

    /** An element of an array whose position is elsewhere in the same document. */
    record IndexAt(Expr.Path position) implements Step {}
}
