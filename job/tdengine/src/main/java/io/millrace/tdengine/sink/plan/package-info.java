/**
 * Makes a {@link io.millrace.tdengine.sink.row.RowPlan} of what a user says: columns matched by
 * name ({@link io.millrace.tdengine.sink.plan.ColumnPlanner}) or an SQL template ({@link
 * io.millrace.tdengine.sink.plan.TemplatePlanner}). Both forms meet in the plan; from there on
 * there is one way.
 */
package io.millrace.tdengine.sink.plan;
