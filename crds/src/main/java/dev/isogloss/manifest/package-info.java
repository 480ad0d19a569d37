/// From a file to a checked resource: YAML with line and column, schema, defaults and rules.
@NullMarked
package dev.isogloss.manifest;

import org.jspecify.annotations.NullMarked;
