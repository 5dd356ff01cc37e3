/**
 * Reading a table of TDengine: a bounded source. {@link io.millrace.tdengine.scan.ScanSettings} say
 * what to read; the enumerator ({@link io.millrace.tdengine.scan.ScanEnumerator}) divides it by
 * time or by sub-table into {@link io.millrace.tdengine.scan.ScanSplit}s; each reader reads one
 * after the other, each as one query in the order of time.
 *
 * <p>Why in the order of time: so a position in a split is one number, and a reader that starts
 * again goes on behind it. Rows are handed to Flink in chunks that end where the time changes; a
 * checkpoint falls between two chunks, therefore rows are neither repeated nor left out, provided
 * nobody changes them meanwhile.
 *
 * <p>Filters are pushed down as {@link io.millrace.tdengine.scan.Predicate}s. They never say less
 * than Flink's condition; where TDengine compares differently (doubles within an epsilon, LIKE
 * without case) they let more rows through and Flink filters again. Begin with {@link
 * io.millrace.tdengine.scan.TDengineSource}.
 */
package io.millrace.tdengine.scan;
