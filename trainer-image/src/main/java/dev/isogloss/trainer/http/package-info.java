/// HTTP as buckets and hubs need it: repeated requests, patience with slow connections, redirections by rule.
@NullMarked
package dev.isogloss.trainer.http;

import org.jspecify.annotations.NullMarked;
