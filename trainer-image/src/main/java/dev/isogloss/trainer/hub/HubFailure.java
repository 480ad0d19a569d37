package dev.isogloss.trainer.hub;

/// The failure to fetch something from the hub in as many attempts as we make. Trying later may help.
public final class HubFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    HubFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
