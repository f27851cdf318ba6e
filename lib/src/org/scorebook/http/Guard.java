package org.scorebook.http;

import io.javalin.http.Context;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Set;

/** Who may ask: those with the token, and no web page of another site. */
public final class Guard {
    private static final String SCHEME = "bearer ";
    private static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    private final byte[] token;
    private final boolean local;

    /**
     * @param token that clients must show; null for none
     * @param local whether only this machine reaches the service, by one of its own names
     */
    public Guard(String token, boolean local) {
        this.token = token == null ? null : token.getBytes(StandardCharsets.UTF_8);
        this.local = local;
    }

    /** @throws Problem for a request that another site has made a browser send, by its own name for this address or its own page */
    public void requireOwnSite(Context context) {
        String host = context.header("Host");
        if (local && (host == null || !LOCAL_NAMES.contains(name(host)))) {
            throw Problem.of(403, "Unknown host", "Host must be localhost, 127.0.0.1 or [::1], but is " + host);
        }
        String origin = context.header("Origin");
        if (origin != null
                && !origin.equalsIgnoreCase(context.req().getScheme() + "://" + host)
                && !isSecure(origin, host)) {
            throw Problem.of(403, "Another site", "Origin must be that of this service, but is " + origin);
        }
        if ("cross-site".equals(context.header("Sec-Fetch-Site"))
                && origin == null
                && !context.method().name().equals("GET")) {
            throw Problem.of(
                    403,
                    "Another site",
                    "the request must come from this service's own page, but comes from another site");
        }
    }

    private static boolean isSecure(String origin, String host) {
        return origin.equalsIgnoreCase("https://" + host); // behind a proxy that speaks TLS
    }

    private static String name(String host) {
        try {
            String name = URI.create("http://" + host).getHost();
            return name == null ? "" : name.toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** @throws Problem where there is a token and the request does not show it */
    public void requireToken(Context context) {
        if (token == null) {
            return;
        }
        String sent = context.header("Authorization");
        boolean bearer = sent != null && sent.toLowerCase(Locale.ROOT).startsWith(SCHEME);
        byte[] shown = bearer ? sent.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8) : new byte[0];
        if (!MessageDigest.isEqual(token, shown)) { // takes the same time wherever they differ
            context.header("WWW-Authenticate", "Bearer");
            throw Problem.of(
                    401,
                    "No or wrong token",
                    "Authorization must be 'Bearer' and the token that the service was started with");
        }
    }
}
