package io.millrace.devkit.tdengine.sql;

import java.util.Locale;
import java.util.Set;

/** TDengine's keywords: words that are no names unless they stand in back-ticks. */
public final class Keywords {
    private static final Set<String> RESERVED =
            Set.of(
                    ("account accounts add aggregate alive all alter analyze and anode anodes"
                                    + " anomaly_window anti any apps arbgroups as asc asof at_once auto balance"
                                    + " batch_scan between bigint binary bnode bnodes bool both buffer bufsize bwlimit"
                                    + " by cache cachemodel cachesize case cast child client_version cluster column"
                                    + " comment comp compact compact_interval compact_time_offset compact_time_range"
                                    + " compacts connection connections conns consumer consumers contains count"
                                    + " count_window create createdb current_user database databases dbs delete"
                                    + " delete_mark desc describe disk_info distinct distributed dnode dnodes double"
                                    + " drop duration else enable encrypt_algorithm encrypt_key encryptions"
                                    + " event_window every exists expired explain fill fill_history first float flush"
                                    + " force force_window_close from full function functions geometry grant grants"
                                    + " group hash_join having host if ignore in index indexes inner insert int"
                                    + " integer interval into is is_import jlimit join json keep keep_time_offset kill"
                                    + " language last last_row leader leading left licences like limit linear local"
                                    + " logs machines match max_delay maxrows merge meta minrows minus mnode mnodes"
                                    + " modify nchar near next nmatch no_batch_scan none normal not now null null_f"
                                    + " nulls offset on only or order outer outputtype pages pagesize para_tables_sort"
                                    + " partition partition_first pass pause pi port position pps precision prev"
                                    + " primary privileges qnode qnodes qtime queries query rand range ratio read"
                                    + " recursive redistribute rename replace replica reset restore resume retentions"
                                    + " revoke right rollup s3_chunkpages s3_compact s3_keeplocal s3migrate schemaless"
                                    + " scores select server_status server_version session set show single_stable"
                                    + " skip_tsma sliding slimit sma smalldata_ts_sort smallint snode snodes soffset"
                                    + " sort_for_group split stable stables start state state_window storage stream"
                                    + " streams stt_trigger subscribe subscriptions substr substring subtable sysinfo"
                                    + " system table table_prefix table_suffix tables tag tags then timestamp timezone"
                                    + " tinyint to today topic topics trailing transaction transactions trigger trim"
                                    + " tsdb_pagesize tseries tsma tsmas ttl union unsafe unsigned untreated update"
                                    + " use user users using value value_f varbinary varchar variables verbose vgroup"
                                    + " vgroups views vnode vnodes wal_fsync_period wal_level wal_retention_period"
                                    + " wal_retention_size wal_roll_period wal_segment_size watermark when where"
                                    + " window window_close window_offset with write")
                            .split(" "));

    private static final Set<String> PSEUDO_COLUMNS =
            Set.of("tbname", "_wstart", "_wend", "_wduration", "_rowts", "_c0", "_qstart", "_qend");

    private Keywords() {}

    /** Whether a bare word is a keyword rather than the name of a table or column. */
    public static boolean isReserved(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return RESERVED.contains(lower) || PSEUDO_COLUMNS.contains(lower);
    }

    /** Whether a bare word stands for a column that every table has. */
    public static boolean isPseudoColumn(String word) {
        return PSEUDO_COLUMNS.contains(word.toLowerCase(Locale.ROOT));
    }
}
