/// The authority over layouts: publishes them, watches nodes, carries out layout changes.
@NullMarked
package dev.tritontube.web.cluster;

import org.jspecify.annotations.NullMarked;
