/**
 * Dead letters after the fact: what {@code millrace dlq} lists and replays. {@link
 * io.millrace.cli.dlq.LetterStore} is where letters are, {@link io.millrace.cli.dlq.Replay} writes
 * them again.
 */
package io.millrace.cli.dlq;
