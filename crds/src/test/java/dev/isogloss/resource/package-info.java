/// The definitions of the resources, made from their types and held to them.
@NullMarked
package dev.isogloss.resource;

import org.jspecify.annotations.NullMarked;
