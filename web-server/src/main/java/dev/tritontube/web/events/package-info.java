/// What changes, told as it changes: the log of events as Server-Sent Events, the progress of one
/// video as JSON and over a WebSocket. Reads the catalog only; knows nothing of how things are
/// made.
@NullMarked
package dev.tritontube.web.events;

import org.jspecify.annotations.NullMarked;
