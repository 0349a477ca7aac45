/// Tests of the checks: what is right passes, and each rule has an example that breaks it.
@NullMarked
package dev.tritontube.conformance;

import org.jspecify.annotations.NullMarked;
