package dev.isogloss.chart;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives tests the one [Installation] of this JVM: it takes a minute to come up, and is gone when the last test has
/// run.
final class Installed implements BeforeAllCallback, ParameterResolver {

    /// Before any test, so that a class is skipped as a whole where there can be none.
    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        installation(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Installation.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return installation(context);
    }

    private static Installation installation(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .getOrComputeIfAbsent(Installation.class, _ -> make(), Installation.class);
    }

    private static Installation make() {
        try {
            return Installation.make();
        } catch (java.io.IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
