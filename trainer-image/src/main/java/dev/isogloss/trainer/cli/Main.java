package dev.isogloss.trainer.cli;

import dev.isogloss.trainer.executor.StepRunners;

/// The program's entry.
public final class Main {

    private Main() {}

    public static void main(String... arguments) {
        System.exit(Isogloss.run(CliEnvironment.ofThisProcess(StepRunners::standard), arguments));
    }
}
