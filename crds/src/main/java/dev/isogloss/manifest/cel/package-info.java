/// The part of the Common Expression Language in which the resource definitions state their rules. Google's own
/// implementation takes most of a second to start, which a command line cannot spend; the tests hold this one to it.
@NullMarked
package dev.isogloss.manifest.cel;

import org.jspecify.annotations.NullMarked;
