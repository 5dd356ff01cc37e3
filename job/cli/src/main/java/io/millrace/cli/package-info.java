/** Being written. */
package io.millrace.cli;
