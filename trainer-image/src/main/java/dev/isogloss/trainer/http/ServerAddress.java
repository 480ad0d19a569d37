package dev.isogloss.trainer.http;

import dev.isogloss.api.InvalidInput;
import java.net.URI;
import java.util.Set;

/// The address of a server, as an environment variable gives it.
public final class ServerAddress {
    private ServerAddress() {}

    /// Slashes at the end are left out. Messages and status quote addresses, where everybody would see a password
    /// before the host or a key after a question mark: such an address is refused.
    ///
    /// @param variable the variable's name, for the message
    /// @param example  an address that would do
    /// @throws InvalidInput if it is no address of a server, or holds more
    public static URI parse(String variable, String text, String example) {
        URI uri;
        try {
            uri = URI.create(text.replaceAll("/+$", ""));
        } catch (IllegalArgumentException e) {
            throw new InvalidInput("%s is '%s', which is no address.".formatted(variable, shown(text)), e);
        }
        if (uri.getRawUserInfo() != null || uri.getRawQuery() != null)
            throw new InvalidInput(("%s is '%s'; it must not hold a user, a password or a query, which messages would"
                            + " show. Write the address alone, such as %s.")
                    .formatted(variable, shown(text), example));
        if (!Set.of("http", "https").contains(String.valueOf(uri.getScheme())) || uri.getHost() == null)
            throw new InvalidInput(
                    "%s is '%s'; it has to be an address such as %s.".formatted(variable, shown(text), example));
        return uri;
    }

    /// Without what may be a secret: what comes before an @ and after a question mark or a number sign.
    private static String shown(String text) {
        return text.replaceFirst("^(\\w+://)?[^/?#]*@", "$1...@").replaceFirst("[?#].*", "?...");
    }
}
