/// Small problems of estimation, in doubles: projections and quadratic programmes over class weights.
@NullMarked
package dev.isogloss.trainer.statistics;

import org.jspecify.annotations.NullMarked;
