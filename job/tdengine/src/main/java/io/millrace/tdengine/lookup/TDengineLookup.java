package io.millrace.tdengine.lookup;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Collection;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.LookupFunction;

/** Looks up one key after the other in the task's thread, each within the request time-out. */
public final class TDengineLookup extends LookupFunction {
    private static final long serialVersionUID = 1L;

    private final LookupSettings settings;
    private transient LookupSession session;

    public TDengineLookup(LookupSettings settings) {
        this.settings = settings;
    }

    @Override
    public void open(FunctionContext context) {
        session = new LookupSession(settings);
    }

    @Override
    public Collection<RowData> lookup(RowData key) throws IOException {
        try {
            return session.find(key);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(e.getMessage());
        }
    }

    @Override
    public void close() {
        if (session != null) {
            session.close();
        }
    }
}
