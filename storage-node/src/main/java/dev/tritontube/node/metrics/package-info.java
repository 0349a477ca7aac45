/// What a node tells Prometheus. Knows the store's counts and a registry; knows no gRPC.
@NullMarked
package dev.tritontube.node.metrics;

import org.jspecify.annotations.NullMarked;
