/** Stand-in. */
package io.millrace.rule;
