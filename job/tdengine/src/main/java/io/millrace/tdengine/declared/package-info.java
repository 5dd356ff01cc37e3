/**
 * Tables that are known from their definitions instead of from a server: for trials of rules, which
 * change nothing, and where there is no server. Begin with {@link
 * io.millrace.tdengine.declared.DeclaredTables}.
 */
package io.millrace.tdengine.declared;
