/**
 * Dead letters: messages and rows that can never succeed, kept with the reason. {@link
 * io.millrace.common.deadletter.DeadLetterTarget} reads the option, {@link
 * io.millrace.common.deadletter.DeadLetterWriter} keeps the letters.
 */
package io.millrace.common.deadletter;
