/**
 * The types of payload members, known at planning. {@link io.millrace.rule.payload.PayloadUses}
 * walks the queries of all rules of a job and notes what each place asks of a member; {@link
 * io.millrace.rule.payload.Topic#payloadType()} is the widest type that serves all of them.
 *
 * <p>Integers of different widths widen to BIGINT and mixed numbers to DOUBLE; a comparison with a
 * whole number such as 30 asks only for a number, so that it does not turn 30.5 away; a member that
 * no place asks anything of is a STRING; a number here and a text there is an error that asks for
 * {@code -- schema:}.
 */
package io.millrace.rule.payload;
