package io.millrace.cli.fit;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * The state of one operator in a savepoint or checkpoint.
 *
 * @param id what the operator is found by, in hexadecimal
 * @param uid what the id was made of, if whoever planned the job gave a uid
 * @param name Flink's name for it, if it is known
 * @param bytes size of the state; 0 if there is none
 * @param entries how many entries its keyed state has, such as open windows, if that can be told
 */
public record SavedOperator(
        String id, Optional<String> uid, Optional<String> name, long bytes, OptionalLong entries) {

    /** Whether anything would be lost with it. */
    public boolean isEmpty() {
        return bytes == 0 || entries.orElse(1) == 0;
    }
}
