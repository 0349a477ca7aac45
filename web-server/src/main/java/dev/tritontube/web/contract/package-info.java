/// The contract of REST, as an OpenAPI document, and a page to read it. Knows no feature: tests
/// hold the features against it.
@NullMarked
package dev.tritontube.web.contract;

import org.jspecify.annotations.NullMarked;
