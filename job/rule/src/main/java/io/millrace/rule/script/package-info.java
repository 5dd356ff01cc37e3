/**
 * Rule files as text: {@link io.millrace.rule.script.Script} splits a file into {@link
 * io.millrace.rule.script.Statement statements} with their headers, and keeps every position, so
 * that an error shows the user's own line.
 */
package io.millrace.rule.script;
