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
                    0    | (0xffff):unknown action stmt2_init | TRANSIENT
                    200  | TDengine ERROR (0x200): stmt bind param does not support normal value in sql | BAD_ROW
                    0    | (0x118):Invalid parameters | BAD_ROW
                    263f | TDengine ERROR (0x263f): Illegal number of columns | MISSING_TABLE
                    """)
    void sortsWhatTheDriverSays(String hexCode, String message, Kind kind) {
        TDengineError error =
                TDengineError.of(new SQLException(message, "", Integer.parseInt(hexCode, 16)));

        assertThat(error.kind()).isEqualTo(kind);
    }

    /** Every code of which it is known what is to be done. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    b 18 19 20 21 22 23 24 | TRANSIENT
                    12b 12c 125 126 130 131 | TRANSIENT
                    213 21c 20b | TRANSIENT
                    32c 32d 334 386 396 3d3 3d5 3d7 | TRANSIENT
                    503 520 522 528 529 531 532 | TRANSIENT
                    61b 602 | TRANSIENT
                    806 808 | TRANSIENT
                    903 90c 911 914 916 917 918 | TRANSIENT
                    2301 2304 2318 231d 231e 231f 2350 | TRANSIENT
                    216 2600 2601 2605 2617 263e 2635 2652 | BAD_ROW
                    219 | BAD_ROW
                    60b 127 224 2653 615 | BAD_ROW
                    61d | BAD_ROW
                    118 2303 2302 22a 22b 22c | BAD_ROW
                    362 600 618 61a 2603 | MISSING_TABLE
                    217 380 383 388 2616 | MISSING_TABLE
                    36a 36c 526 2602 2634 263f | MISSING_TABLE
                    3 134 207 208 315 351 352 353 357 358 2319 231a | FATAL
                    214 303 512 2644 | FATAL
                    800 801 802 803 804 805 807 809 80a 80b 80c 80d | FATAL
                    2321 2323 2324 | FATAL
                    """)
    void sortsEveryCode(String hexCodes, Kind kind) {
        assertThat(hexCodes.split(" "))
                .allSatisfy(
                        hex ->
                                assertThat(
                                                TDengineError.of(
                                                                new SQLException(
                                                                        "x",
                                                                        "",
                                                                        Integer.parseInt(hex, 16)))
                                                        .kind())
                                        .isEqualTo(kind));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    357  | check user, password or token
                    2644 | grant the user
                    800  | licence
                    2321 | version
                    """)
    void saysWhatToDoAboutWhatIsFatal(String hex, String advice) {
        assertThat(TDengineError.of(new SQLException("x", "", Integer.parseInt(hex, 16))).advice())
                .contains(advice);
    }

    @Test
    void blamesTheRowForAValueThatTheDriverCannotCast() {
        assertThat(TDengineError.of(new ClassCastException("String to Integer")).kind())
                .isEqualTo(Kind.BAD_ROW);
    }

    @Test
    void knowsWhatIsThereAlready() {
        assertThat(TDengineError.of(new SQLException("STable already exists", "", 0x360)))
                .matches(TDengineError::meansExists);
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
