/**
 * What TDengine's statements do, done with H2. Begin reading with {@link
 * io.millrace.devkit.tdengine.engine.Engine}. Not for use outside the development server.
 */
package io.millrace.devkit.tdengine.engine;
