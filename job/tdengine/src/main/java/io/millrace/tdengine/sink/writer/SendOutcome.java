package io.millrace.tdengine.sink.writer;

import io.millrace.tdengine.client.TDengineError;
import java.util.List;
import java.util.Map;

/**
 * What became of a batch: every row of it is written or refused.
 *
 * @param written rows
 * @param refused rows that can never be written
 * @param bytes of the requests that were accepted
 * @param requests that were accepted
 * @param boundRows rows of those written that went as parameters of a prepared statement, rather
 *     than as text
 * @param millis of the last request
 */
public record SendOutcome(
        int written,
        List<RefusedRow> refused,
        long bytes,
        int requests,
        int boundRows,
        long millis) {

    /**
     * A row that the server refuses for good.
     *
     * @param table its table or sub-table
     * @param values by column
     * @param error the server's words
     */
    public record RefusedRow(String table, Map<String, Object> values, TDengineError error) {}
}
