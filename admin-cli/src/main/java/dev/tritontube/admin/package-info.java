/// The administrator's commands over the admin gRPC service.
@NullMarked
package dev.tritontube.admin;

import org.jspecify.annotations.NullMarked;
