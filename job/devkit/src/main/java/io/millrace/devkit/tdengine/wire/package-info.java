/**
 * taosAdapter's protocols over HTTP and WebSocket. Begin reading with {@code HttpGateway}. Not for
 * use outside the development server.
 */
package io.millrace.devkit.tdengine.wire;
