/**
 * What can be known of a rule without running it, as plain functions: whether values {@linkplain
 * io.millrace.rule.check.ValueFit fit} their columns, whether rows {@linkplain
 * io.millrace.rule.check.RowKey keep apart}. Package {@code plan} asks them while it plans a job
 * for a check.
 */
package io.millrace.rule.check;
