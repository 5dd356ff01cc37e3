/**
 * Looking up the last row of each sub-table that a key fits: by the sub-table's name, by tags or by
 * any column that is compared exactly. A {@link io.millrace.tdengine.lookup.LookupQuery} is the
 * query, {@link io.millrace.tdengine.lookup.LookupSession} asks it. Begin with {@link
 * io.millrace.tdengine.lookup.TDengineLookup}.
 */
package io.millrace.tdengine.lookup;
