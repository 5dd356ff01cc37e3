/**
 * What {@code millrace try} and {@code millrace test} do beside the trial itself: messages from
 * text, files and the broker, what came out as text, JSON and JUnit's XML, and expectations.
 */
package io.millrace.cli.trial;
