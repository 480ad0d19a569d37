/// Replacements of parts of the Kubernetes client (fabric8) and of the JVM's defaults that cost too much processor
/// time or memory. Each is switched off by a setting, and the operator then works the same, only slower or larger.
///
/// | class | replaces | because | off by | delete it when |
/// |---|---|---|---|---|
/// | `NativeTls` | the JDK's TLS engine in fabric8's Vert.x client | the JDK's ciphers took a quarter of the processor time under the quick compiler | `ISOGLOSS_CLIENT_NATIVE_TLS=false` | fabric8's Vert.x client takes SSL engine options itself, or the operator runs with both compilers |
/// | `LightSerialization` | `KubernetesSerialization`'s reading of watch events and copying of resources | both go by way of a JSON tree, which took a third of the processor time | `ISOGLOSS_CLIENT_LIGHT_SERIALIZATION=false` | fabric8 reads watch events as their class, and JOSDK no longer copies resources by JSON |
/// | `HeapTrim` | the JVM's keeping of a heap that has grown | the first reading of all steps leaves several times the memory that is kept of them | `ISOGLOSS_CLIENT_HEAP_TRIM=false` | the operator's collector returns memory of an idle process by itself |
@NullMarked
package dev.isogloss.operator.client;

import org.jspecify.annotations.NullMarked;
