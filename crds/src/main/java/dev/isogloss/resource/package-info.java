/// The four resources as the Kubernetes client sees them: a spec and a status each. The only package here that needs
/// Kubernetes classes.
@NullMarked
package dev.isogloss.resource;

import org.jspecify.annotations.NullMarked;
