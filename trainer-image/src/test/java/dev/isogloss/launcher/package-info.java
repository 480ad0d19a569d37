/// The shell script that users start, run in a folder of its own with make-believe JDKs and Maven.
@NullMarked
package dev.isogloss.launcher;

import org.jspecify.annotations.NullMarked;
