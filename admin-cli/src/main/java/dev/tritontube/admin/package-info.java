/// The administrator's commands over the admin gRPC service and, by the Java client, over REST:
/// reads arguments, calls, shows answers. Decides nothing.
@NullMarked
package dev.tritontube.admin;

import org.jspecify.annotations.NullMarked;
