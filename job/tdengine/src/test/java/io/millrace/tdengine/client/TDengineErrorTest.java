package io.millrace.tdengine.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.tdengine.client.TDengineError.Kind;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TDengineErrorTest {

    /** Codes and messages as the driver 3.7.9 gave them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    2603 | TDengine ERROR (0x2603): Table does not exist | MISSING_TABLE
                    388  | TDengine ERROR (0x388): Database not exist | MISSING_TABLE
                    0    | (0x388):auth failure:Database not exist | MISSING_TABLE
                    200  | TDengine ERROR (0x200): db is not specified | MISSING_TABLE
                    2602 | TDengine ERROR (0x2602): Invalid column name: nocol | MISSING_TABLE
                    200  | TDengine ERROR (0x200): name too long | BAD_ROW
                    2617 | TDengine ERROR (0x2617): The table name cannot contain '.' | BAD_ROW
                    216  | TDengine ERROR (0x216): syntax error near 'x' (invalid timestamp) | BAD_ROW
                    2653 | TDengine ERROR (0x2653): Value too long for column/tag: clientid | BAD_ROW
                    60b  | TDengine ERROR (0x60b): Timestamp data out of range | BAD_ROW
                    219  | TDengine ERROR (0x219): SQL statement too long | BAD_ROW
                    0    | (0x357):auth failure:Authentication failure | FATAL
                    0    | (0x351):auth failure:Invalid user | FATAL
                    0    | (0x207):auth failure:Invalid user name | FATAL
                    2319 | ERROR (0x2319): user is required | FATAL
                    2321 | ERROR (0x2321): minimal supported version is 3.3.6.0 | FATAL
                    2644 | TDengine ERROR (0x2644): Permission denied | FATAL
                    231d | ERROR (0x231d): can't create connection with any server within: 60000 milliseconds | TRANSIENT
                    231e | ERROR (0x231e): java.util.concurrent.TimeoutException: failed to complete | TRANSIENT
                    2318 | ERROR (0x2318): null | TRANSIENT
                    b    | TDengine ERROR (0xb): Unable to establish connection | TRANSIENT
                    130  | TDengine ERROR (0x130): Database is starting up | TRANSIENT
                    0    | (0xffff):server not connected | TRANSIENT
                    61b  | TDengine ERROR (0x61b): Invalid table schema version | TRANSIENT
                    2662 | TDengine ERROR (0x2662): Fail to get table info | TRANSIENT
                    7777 | TDengine ERROR (0x7777): of a version to come | TRANSIENT
                    """)
    void sortsWhatTheDriverSays(String hexCode, String message, Kind kind) {
        TDengineError error =
                TDengineError.of(new SQLException(message, "", Integer.parseInt(hexCode, 16)));

        assertThat(error.kind()).isEqualTo(kind);
    }

    @Test
    void readsTheCodeFromTheMessageWhereTheDriverLeavesItOut() {
        TDengineError error = TDengineError.of(new SQLException("(0x357):auth failure:Nope"));

        assertThat(error.code()).isEqualTo(0x357);
        assertThat(error.message()).isEqualTo("auth failure:Nope");
        assertThat(error).hasToString("0x0357: auth failure:Nope");
    }

    @Test
    void dropsTheHighBitOfNativeCodes() {
        TDengineError error = TDengineError.of(new SQLException("x", "", 0x80002653));

        assertThat(error.code()).isEqualTo(0x2653);
    }

    @Test
    void takesAnyOtherExceptionForTransient() {
        assertThat(TDengineError.of(new IllegalStateException()).kind()).isEqualTo(Kind.TRANSIENT);
    }
}
