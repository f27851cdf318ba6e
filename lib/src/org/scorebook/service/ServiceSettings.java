package org.scorebook.service;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How the service is set up.
 *
 * @param host the address to listen at
 * @param port 0 for one that is free
 * @param token that clients must show; null for none
 * @param runs folder of the trainings
 * @param outputs folder of the pictures
 * @param data folder under which {@code data_dir} of a training may lie; null for none
 * @param device as in {@link org.scorebook.config.RunConfig}
 * @param places how many requests for pictures may wait or be worked on
 * @param limit how long one may take
 * @param grace how long those that are there may take when the service stops
 */
public record ServiceSettings(
        String host,
        int port,
        String token,
        Path runs,
        Path outputs,
        Path data,
        String device,
        int places,
        Duration limit,
        Duration grace) {
    /** @throws IllegalArgumentException for an address that others can reach, without a token */
    public ServiceSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be from 0 to 65535, but is " + port);
        }
        if (token != null && token.isBlank()) {
            throw new IllegalArgumentException("token must have characters other than spaces, but has none");
        }
        if (token == null && !isLoopback(host)) {
            throw new IllegalArgumentException(
                    "host is " + host + ", which other machines can reach: give a token, which"
                            + " clients must show, or take 127.0.0.1");
        }
    }

    /**
     * For this machine alone, at a free port: with the usual limits, for a notebook or a program that is its own client.
     *
     * @param folder in which trainings are in {@code runs}, pictures in {@code outputs}
     */
    public static ServiceSettings local(Path folder) {
        return new ServiceSettings(
                "127.0.0.1",
                0,
                null,
                folder.resolve("runs"),
                folder.resolve("outputs"),
                null,
                "auto",
                64,
                Duration.ofSeconds(300),
                Duration.ofSeconds(30));
    }

    /** Whether only this machine reaches it. */
    boolean isLocal() {
        return isLoopback(host);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("host must be an address of this machine, but " + host + " is unknown");
        }
    }
}
