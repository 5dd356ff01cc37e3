/**
 * Checks of the files in {@code deploy/} that need no engine for containers: they are whole, fit
 * their schemas and each other, and what they name is there.
 */
package io.millrace.it.deploy;
