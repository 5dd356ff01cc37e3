package io.millrace.tdengine.sink.writer;

import io.millrace.tdengine.client.TDengineError;

/** The server refuses a request for a reason that lies in the request or in the tables. */
final class RequestRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient TDengineError error;

    RequestRefusedException(TDengineError error, Throwable cause) {
        super(error.toString(), cause);
        this.error = error;
    }

    TDengineError error() {
        return error;
    }
}
