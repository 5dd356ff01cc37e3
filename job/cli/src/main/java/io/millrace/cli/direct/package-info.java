/**
 * What commands do at a server themselves, without a job: {@link
 * io.millrace.cli.direct.MessageSender} publishes messages, {@link
 * io.millrace.cli.direct.StatementRunner} executes statements of TDengine.
 */
package io.millrace.cli.direct;
