/**
 * The journal: QoS 1 messages are kept in files until a checkpoint has them, so that they can be
 * acknowledged as soon as they are durable there. Then it is the disk and not the checkpoint
 * interval that a broker's in-flight window is worked off with.
 *
 * <p>{@link io.millrace.mqtt.source.journal.JournalFolder} is where to begin. A session's {@link
 * io.millrace.mqtt.source.journal.Journal} is a folder:
 *
 * <pre>
 * &lt;scan.journal.path&gt;/&lt;client id&gt;/
 *   attempts/0000000007                                             who may write ({@code Attempt})
 *   0000000006-0000000000000000001-1767225600000.journal            messages ({@code Segments})
 *   0000000007-0000000000000000101-1767225900000.journal
 *   0000000007-0000000042.marker                                    what is covered ({@code Markers})
 * </pre>
 *
 * <p>Three things are told apart when files are read: what a crash leaves at the end ({@code
 * TornTail}), which nobody acknowledged; what an attempt wrote that was no longer the newest
 * ({@code Segments}), which nobody acknowledged either; and damage, which is an error.
 *
 * <p>Two kinds of storage, {@code LocalStorage} and {@code FileSystemStorage} (HDFS), keep the
 * promises of {@link io.millrace.mqtt.source.journal.JournalStorage}. Others are refused: object
 * stores cannot append.
 */
package io.millrace.mqtt.source.journal;
