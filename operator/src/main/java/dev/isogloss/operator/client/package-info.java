/// The Kubernetes client: its TLS, its reading of JSON, its memory.
@NullMarked
package dev.isogloss.operator.client;

import org.jspecify.annotations.NullMarked;
