package dev.sluice.lab.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * Runs a steady load inside the lab's network until SIGTERM or its limit, and writes its tally into a file twice a second:
 * {@code LoadGenerator HOST PORT PATH DNS-SERVER CA.pem RATE CLIENTS TTL-SECONDS LIMIT-SECONDS FILE}.
 */
public final class LoadGenerator {
    private LoadGenerator() {}

    public static void main(String[] a) throws Exception {
        LoadPlan plan = new LoadPlan(
                a[0],
                Integer.parseInt(a[1]),
                a[2],
                Integer.parseInt(a[5]),
                Integer.parseInt(a[6]),
                Duration.ofSeconds(Long.parseLong(a[7])),
                Duration.ofSeconds(Long.parseLong(a[8])));
        Path file = Path.of(a[9]);
        LoadTally tally = new LoadTally();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> write(file, tally)));
        run(plan, sockets(Path.of(a[4])), new ServiceAddresses(a[0], a[3]), tally, file);
    }

    private static void run(
            LoadPlan plan, SSLSocketFactory sockets, ServiceAddresses addresses, LoadTally tally, Path file)
            throws InterruptedException {
        ScheduledExecutorService threads = Executors.newScheduledThreadPool(Math.min(plan.clients(), 64) + 1);
        List<LoadClient> clients = new ArrayList<>();
        long period = 1_000_000_000L * plan.clients() / plan.rate();
        for (int number = 0; number < plan.clients(); number++) {
            LoadClient client = new LoadClient(plan, sockets, addresses, tally, number);
            clients.add(client);
            Future<?> unused =
                    threads.scheduleAtFixedRate(client, period * number / plan.clients(), period, TimeUnit.NANOSECONDS);
        }
        Future<?> unused = threads.scheduleAtFixedRate(() -> write(file, tally), 0, 500, TimeUnit.MILLISECONDS);
        if (!threads.awaitTermination(plan.limit().toSeconds(), TimeUnit.SECONDS)) {
            threads.shutdownNow();
        }
        clients.forEach(LoadClient::drop);
    }

    private static synchronized void write(Path file, LoadTally tally) {
        try {
            Path next = file.resolveSibling(file.getFileName() + ".next");
            Files.writeString(next, tally.json() + "\n");
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            System.err.println("The tally cannot be written to %s: %s".formatted(file, failed.getMessage()));
        }
    }

    private static SSLSocketFactory sockets(Path authority) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream pem = Files.newInputStream(authority)) {
            trusted.setCertificateEntry(
                    "lab", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context.getSocketFactory();
    }
}
