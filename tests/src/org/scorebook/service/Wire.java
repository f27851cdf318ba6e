package org.scorebook.service;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A connection on which a client may write what it likes. */
final class Wire implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 100_000;

    private final Socket socket;

    Wire(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    /** The answer to a request without a body. */
    static Answer get(int port, String path, String... headers) throws IOException {
        try (Wire wire = new Wire(port)) {
            String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
            String host = more.startsWith("Host:") ? "" : "Host: localhost\r\n";
            return wire.send("GET " + path + " HTTP/1.1\r\n" + host + more + "Connection: close\r\n\r\n")
                    .answer();
        }
    }

    /** A request with a JSON body, whole. */
    static String post(String path, String json, String... headers) {
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + more
                + "Content-Length: " + json.length() + "\r\n\r\n" + json;
    }

    Wire send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Wire send(byte[] bytes) throws IOException {
        try {
            socket.getOutputStream().write(bytes);
        } catch (SocketException e) {
            return this; // the server has answered without waiting for the rest
        }
        return this;
    }

    /** Writes no more. */
    Wire end() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** What the server says until it closes. */
    Answer answer() throws IOException {
        return Answer.parse(bytes());
    }

    private byte[] bytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(bytes);
        } catch (SocketException e) {
            return bytes.toByteArray(); // it would not read all
        }
        return bytes.toByteArray();
    }

    /** Until the server has said so much. */
    void awaitText(String text) throws IOException {
        StringBuilder said = new StringBuilder();
        while (said.indexOf(text) < 0) {
            int read = socket.getInputStream().read();
            if (read < 0) {
                throw new IOException("the server closed after: " + said);
            }
            said.append((char) read);
        }
    }

    /** Goes away. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
