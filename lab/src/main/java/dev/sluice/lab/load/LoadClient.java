package dev.sluice.lab.load;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** One client on the Internet: resolves the name, and sends requests on a connection that it keeps for at most the TTL. */
final class LoadClient implements Runnable {
    private final LoadPlan plan;
    private final SSLSocketFactory sockets;
    private final ServiceAddresses addresses;
    private final LoadTally tally;
    private final Random random;
    private @Nullable HttpsConnection connection;
    private long opened;
    private String at = "";

    LoadClient(LoadPlan plan, SSLSocketFactory sockets, ServiceAddresses addresses, LoadTally tally, int number) {
        this.plan = plan;
        this.sockets = sockets;
        this.addresses = addresses;
        this.tally = tally;
        this.random = new Random(number);
    }

    /** Sends one request and counts its result. */
    @Override
    public void run() {
        long begun = System.nanoTime();
        try {
            HttpsConnection open = connection();
            HttpsConnection.MemberReply reply = open.get(plan.path());
            boolean good = reply.status() >= 200 && reply.status() < 300;
            count(
                    good ? LoadTally.RequestResult.OK : LoadTally.RequestResult.STATUS,
                    reply.member(),
                    begun,
                    "status " + reply.status());
            if (open.isClosing()) {
                drop();
            }
        } catch (HttpsConnection.StaleConnectionException stale) {
            fail(LoadTally.RequestResult.STALE, begun, stale);
        } catch (SocketTimeoutException late) {
            fail(LoadTally.RequestResult.TIMEOUT, begun, late);
        } catch (ConnectException | NoRouteToHostException refused) {
            fail(LoadTally.RequestResult.REFUSED, begun, refused);
        } catch (IOException | RuntimeException broken) {
            fail(LoadTally.RequestResult.RESET, begun, broken);
        }
    }

    private HttpsConnection connection() throws IOException {
        Duration age = Duration.ofNanos(System.nanoTime() - opened);
        if (connection != null && age.compareTo(plan.keep()) < 0) {
            return connection;
        }
        drop();
        List<String> found = addresses.resolve();
        if (found.isEmpty()) {
            throw new ConnectException("DNS has no address");
        }
        at = found.get(random.nextInt(found.size()));
        opened = System.nanoTime();
        HttpsConnection fresh = new HttpsConnection(sockets, plan.host(), new InetSocketAddress(at, plan.port()));
        connection = fresh;
        return fresh;
    }

    private void fail(LoadTally.RequestResult result, long begun, Exception why) {
        count(result, "", begun, why.toString());
        drop();
    }

    private void count(LoadTally.RequestResult result, String member, long begun, String detail) {
        tally.count(
                result, at, member, Duration.ofNanos(System.nanoTime() - begun).toMillis(), detail);
    }

    void drop() {
        HttpsConnection old = connection;
        connection = null;
        if (old != null) {
            try {
                old.close();
            } catch (IOException alreadyGone) {
                // the next request opens another one
            }
        }
    }
}
