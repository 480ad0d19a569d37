/// The chart rendered by Helm, the files around it, and the whole of Isogloss on a real node.
@NullMarked
package dev.isogloss.chart;

import org.jspecify.annotations.NullMarked;
