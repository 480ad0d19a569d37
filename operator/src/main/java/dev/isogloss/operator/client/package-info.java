/// Replacements of parts of the Kubernetes client (fabric8) and of the JVM's defaults that cost too much processor
/// time or memory. Each is switched off by a setting, and the operator then works the same, only slower or larger.
///
/// - `NativeTls` replaces the JDK's TLS engine in fabric8's Vert.x client: the JDK's ciphers took a quarter of the
///   processor time under the quick compiler. Off by `ISOGLOSS_CLIENT_NATIVE_TLS=false`; delete it when fabric8's
///   Vert.x client takes SSL engine options itself, or the operator runs with both compilers.
/// - `LightSerialization` replaces `KubernetesSerialization`'s reading of watch events and copying of resources: both
///   go by way of a JSON tree, which took a third of the processor time. Off by
///   `ISOGLOSS_CLIENT_LIGHT_SERIALIZATION=false`; delete it when fabric8 reads watch events as their class, and JOSDK
///   no longer copies resources by JSON.
/// - `HeapTrim` replaces the JVM's keeping of a heap that has grown: the first reading of all steps leaves several
///   times the memory that is kept of them. Off by `ISOGLOSS_CLIENT_HEAP_TRIM=false`; delete it when the operator's
///   collector returns memory of an idle process by itself.
@NullMarked
package dev.isogloss.operator.client;

import org.jspecify.annotations.NullMarked;
