package io.millrace.functions.value;

/** JSON's null: a member that is there and has no value. A member that is missing is undefined. */
public enum JsonNull {
    /** The only one. */
    NULL;

    @Override
    public String toString() {
        return "null";
    }
}
