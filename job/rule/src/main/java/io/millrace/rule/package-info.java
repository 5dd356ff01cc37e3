/** Being written. */
package io.millrace.rule;
