package dev.isogloss.trainer.hub;

/// The hub could not be asked, or broke off more often than we were willing to begin again. Trying later may help.
public final class HubFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    HubFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
