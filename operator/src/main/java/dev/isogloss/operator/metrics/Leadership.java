package dev.isogloss.operator.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/// Leadership of this replica: the gauge `isogloss_leader`, 1 while it is the one that works. Without it a
/// stand-by, whose caches are warm, would pass for an operator that works.
public final class Leadership {
    private volatile boolean leads;

    /// @param leads whether it works from the start, without an election
    public Leadership(MeterRegistry registry, boolean leads) {
        this.leads = leads;
        Gauge.builder("isogloss.leader", this, leadership -> leadership.leads ? 1 : 0)
                .strongReference(true)
                .register(registry);
    }

    public void begin() {
        leads = true;
    }

    public void end() {
        leads = false;
    }
}
