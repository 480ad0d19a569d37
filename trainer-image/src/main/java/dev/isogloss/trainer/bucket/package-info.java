/// Buckets by the S3 protocol: signed requests over the JDK's own HTTP client. Knows nothing of steps.
@NullMarked
package dev.isogloss.trainer.bucket;

import org.jspecify.annotations.NullMarked;
