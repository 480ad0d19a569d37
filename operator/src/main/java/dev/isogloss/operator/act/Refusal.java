package dev.isogloss.operator.act;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Objects;
import java.util.Optional;

/// A write that the API server refuses: for now, because a quota, a policy or a webhook stands against it, or for good,
/// because what is written is invalid.
///
/// @param forNow whether the same write may succeed later
public record Refusal(boolean forNow, String message) {
    private static final int INVALID = 422;

    /// @return empty where the failure is no refusal: a conflict, a server that is busy or away
    public static Optional<Refusal> of(KubernetesClientException failure) {
        String message = Objects.requireNonNullElse(failure.getMessage(), "");
        return switch (failure.getCode()) {
            case HttpURLConnection.HTTP_FORBIDDEN -> Optional.of(new Refusal(true, message));
            case INVALID, HttpURLConnection.HTTP_BAD_REQUEST -> Optional.of(new Refusal(isOfPolicy(message), message));
            case HttpURLConnection.HTTP_INTERNAL_ERROR ->
                message.contains("webhook") ? Optional.of(new Refusal(true, message)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /// A policy engine answers with the code of its choice: webhooks say 400 by themselves, and a
    /// ValidatingAdmissionPolicy 422.
    private static boolean isOfPolicy(String message) {
        return message.contains("admission webhook") || message.contains("denied request");
    }
}
