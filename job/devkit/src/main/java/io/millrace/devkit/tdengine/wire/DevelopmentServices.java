package io.millrace.devkit.tdengine.wire;

import io.millrace.devkit.tdengine.engine.Engine;
import java.util.concurrent.Executor;

/** What all connections share. */
record DevelopmentServices(
        Engine engine, Credentials credentials, Gate gate, RestHandler rest, Executor threads) {}
