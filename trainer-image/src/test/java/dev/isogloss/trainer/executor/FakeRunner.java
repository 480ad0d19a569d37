package dev.isogloss.trainer.executor;

import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.step.StepContext;
import dev.isogloss.trainer.step.StepRunner;
import dev.isogloss.trainer.store.AtomicFiles;
import dev.isogloss.trainer.store.StepFixtures;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// A runner that does what a real one does as others see it: it reads the results of its inputs, writes a model and
/// reports progress. It checks that inputs are done before a step begins.
public final class FakeRunner implements StepRunner {
    private final Map<String, StepRunner> scripts = new HashMap<>();
    private final List<String> ran = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();

    /// What the step with this title does before it writes its model.
    public FakeRunner script(String title, StepRunner script) {
        scripts.put(title, script);
        return this;
    }

    public FakeRunner fails(String title, Exception failure) {
        return script(title, (step, context) -> {
            throw failure;
        });
    }

    @Override
    public StepResult run(PlannedStep step, StepContext context) throws Exception {
        mostAtOnce.accumulateAndGet(running.incrementAndGet(), Math::max);
        try {
            for (StepKey input : step.inputs())
                if (!context.store().isDone(input)) throw new AssertionError(step.title() + " runs before its input");
            ran.add(step.title());
            StepRunner script = scripts.get(step.title());
            StepResult result = script == null ? StepFixtures.result(step.key(), 0.5) : script.run(step, context);
            context.progress().update(1, 1, 0.25, 100, 1000);
            AtomicFiles.folder(
                    context.folder().model(), model -> AtomicFiles.write(model.resolve("config.json"), "{}"));
            return result;
        } finally {
            running.decrementAndGet();
        }
    }

    /// Titles in the order in which the steps began.
    public List<String> ran() {
        return List.copyOf(ran);
    }

    public int mostAtOnce() {
        return mostAtOnce.get();
    }
}
