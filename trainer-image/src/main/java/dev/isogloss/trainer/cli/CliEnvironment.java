package dev.isogloss.trainer.cli;

import dev.isogloss.trainer.progress.Terminal;
import dev.isogloss.trainer.progress.TerminalStyle;
import dev.isogloss.trainer.step.StepRunner;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// The process that a command runs in; tests hand in their own.
///
/// @param folder         where relative defaults such as `.isogloss` lie
/// @param terminationLog where a pod's container leaves its last message
/// @param variables      where buckets are, and with which keys
/// @param runner         made when a step has to run: loading the engine takes half a second
record CliEnvironment(
        InputStream in,
        PrintStream out,
        PrintStream err,
        BooleanSupplier live,
        Supplier<TerminalStyle> terminalStyle,
        Path folder,
        Path terminationLog,
        InstantSource clock,
        Map<String, String> variables,
        Supplier<StepRunner> runner) {

    static CliEnvironment ofThisProcess(Supplier<StepRunner> runner) {
        return new CliEnvironment(
                System.in,
                new StandardOutput(new FileOutputStream(FileDescriptor.out), System.out.charset()),
                System.err,
                Terminal::isLive,
                Terminal::style,
                Path.of(""),
                Path.of("/dev/termination-log"),
                InstantSource.system(),
                System.getenv(),
                runner);
    }
}
