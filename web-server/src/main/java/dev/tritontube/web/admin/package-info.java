/// The administrator's gRPC service: an adapter between `tritontube.admin.v1` and steering. Decides
/// nothing.
@NullMarked
package dev.tritontube.web.admin;

import org.jspecify.annotations.NullMarked;
