package dev.sluice.lab.gateway;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/** Finds the other end for a connection that came in. */
public interface ConnectionDialer {
    /** The connected other end; may first talk with the client, as SOCKS does. */
    SocketChannel dial(SocketChannel client) throws IOException;
}
