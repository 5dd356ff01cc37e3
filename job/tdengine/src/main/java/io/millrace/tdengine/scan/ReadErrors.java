package io.millrace.tdengine.scan;

import io.millrace.tdengine.client.TDengineError;

/** Words for errors that will not pass. Stateless. */
final class ReadErrors {
    private ReadErrors() {}

    static String describe(TDengineError error, String where) {
        String advice =
                switch (error.kind()) {
                    case FATAL ->
                            "Check user, password or token, the user's rights and the server's"
                                    + " version.";
                    case MISSING_TABLE ->
                            "Check options 'database' and 'table' or 'super-table'; names are"
                                    + " case-sensitive here.";
                    case BAD_ROW, TRANSIENT ->
                            "If the table was changed meanwhile, start the job again.";
                };
        return "TDengine at " + where + " refuses to be read: " + error + ". " + advice;
    }
}
