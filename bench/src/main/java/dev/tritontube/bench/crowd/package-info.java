/// Many uploads at once while others watch: for the benchmark that measures it and for the test
/// that asserts it. Knows a web server by its REST interface and its manifests only.
@NullMarked
package dev.tritontube.bench.crowd;

import org.jspecify.annotations.NullMarked;
