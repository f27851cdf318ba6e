package org.scorebook.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The moments of a real connection, in an order of the test's choosing. */
class ClientWatchTest {
    private final AtomicInteger gone = new AtomicInteger();
    private Selector selector;
    private SocketChannel client;
    private SocketChannel server;

    @BeforeEach
    void connect() throws IOException {
        selector = Selector.open();
        try (ServerSocketChannel listening = ServerSocketChannel.open()) {
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            client = SocketChannel.open(listening.getLocalAddress());
            server = listening.accept();
        }
        server.configureBlocking(false);
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
        selector.close();
    }

    private SelectionKey watch() throws IOException {
        return server.register(selector, SelectionKey.OP_READ, new ClientWatch.Notice(gone::incrementAndGet));
    }

    private void send() throws IOException {
        client.write(ByteBuffer.wrap(new byte[] {1}));
    }

    /** Waits until something can be read, or the client has gone, and looks. */
    private void look() throws IOException {
        assertEquals(1, selector.select(10_000));
        selector.selectedKeys().removeIf(ClientWatch::look);
    }

    @Test
    void aRequestThatIsReadBetweenSelectionAndLookIsNoEnd() throws IOException {
        SelectionKey key = watch();
        send();
        assertEquals(1, selector.select(10_000));
        assertEquals(1, server.read(ByteBuffer.allocate(9)));
        watch(); // for the request that was read
        ClientWatch.look(key);
        selector.selectedKeys().clear();
        assertEquals(0, selector.selectNow());
        assertEquals(0, gone.get());
    }

    @Test
    void aClientHasGoneOnce() throws IOException {
        watch();
        client.close();
        look();
        look();
        look();
        assertEquals(1, gone.get());
    }

    /** The client is still there, and has sent its next request early. */
    @Test
    void whatCanBeReadIsNoEnd() throws IOException {
        watch();
        send();
        look();
        look();
        look();
        assertEquals(0, gone.get());
    }
}
