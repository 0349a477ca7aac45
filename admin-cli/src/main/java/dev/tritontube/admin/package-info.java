/// The administrator's commands over the admin gRPC service: reads arguments, calls, shows answers.
/// Decides nothing.
@NullMarked
package dev.tritontube.admin;

import org.jspecify.annotations.NullMarked;
