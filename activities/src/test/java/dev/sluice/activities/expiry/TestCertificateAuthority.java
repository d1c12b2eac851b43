package dev.sluice.activities.expiry;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.security.auth.x500.X500Principal;

/** Issues real certificates of any shape, written byte by byte: the JDK reads certificates but makes none. */
final class TestCertificateAuthority {
    private static final AtomicInteger SERIAL = new AtomicInteger(1);
    private static final DateTimeFormatter UTC_TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final SignatureKind ECDSA_WITH_SHA256 = new SignatureKind("SHA256withECDSA", "06082a8648ce3d040302");
    private static final SignatureKind RSA_WITH_MD5 = new SignatureKind("MD5withRSA", "06092a864886f70d0101040500");
    private static final SignatureKind RSA_WITH_SHA1 = new SignatureKind("SHA1withRSA", "06092a864886f70d0101050500");
    private static final byte[] BASIC_CONSTRAINTS = {6, 3, 0x55, 0x1d, 0x13};
    private static final byte[] ALTERNATIVE_NAMES = {6, 3, 0x55, 0x1d, 0x11};

    private final String name;
    private final KeyPair keys;
    private final List<X509Certificate> chain;
    private final SignatureKind signing;

    private TestCertificateAuthority(String name, KeyPair keys, List<X509Certificate> chain, SignatureKind signing) {
        this.name = name;
        this.keys = keys;
        this.chain = chain;
        this.signing = signing;
    }

    /** How it signs: Java's name of it, and the one in certificates. */
    private record SignatureKind(String name, String hex) {
        byte[] id() {
            return sequence(HexFormat.of().parseHex(hex));
        }
    }

    /** A server's certificate, what it sends along, and its key. */
    record IssuedCertificate(List<X509Certificate> chain, PrivateKey key) {
        IssuedCertificate alone() {
            return new IssuedCertificate(chain.subList(0, 1), key);
        }

        IssuedCertificate with(X509Certificate more) {
            List<X509Certificate> longer = new ArrayList<>(chain);
            longer.add(more);
            return new IssuedCertificate(longer, key);
        }
    }

    static TestCertificateAuthority root(String name) {
        KeyPair keys = keys();
        Instant now = Instant.now();
        return new TestCertificateAuthority(
                name,
                keys,
                List.of(certificate(
                        name,
                        keys,
                        name,
                        keys,
                        ECDSA_WITH_SHA256,
                        now.minusSeconds(60),
                        now.plusSeconds(400_000_000),
                        true)),
                ECDSA_WITH_SHA256);
    }

    /** An authority below this one. */
    TestCertificateAuthority below(String lower, Instant until) {
        return below(lower, keys(), until, ECDSA_WITH_SHA256);
    }

    /** One below this one that signs as nobody should any more. */
    TestCertificateAuthority signingWithMd5(String lower, Instant until) {
        return below(lower, rsaKeys(), until, RSA_WITH_MD5);
    }

    /** As above, in a way that Java refuses only below the authorities that came with it. */
    TestCertificateAuthority signingWithSha1(String lower, Instant until) {
        return below(lower, rsaKeys(), until, RSA_WITH_SHA1);
    }

    private TestCertificateAuthority below(String lower, KeyPair lowerKeys, Instant until, SignatureKind signs) {
        X509Certificate own =
                certificate(lower, lowerKeys, name, keys, signing, Instant.now().minusSeconds(60), until, true);
        return new TestCertificateAuthority(lower, lowerKeys, List.of(own), signs);
    }

    /** Another certificate for this authority's name and key. */
    X509Certificate alsoSignedBy(TestCertificateAuthority other) {
        return certificate(
                name,
                keys,
                other.name,
                other.keys,
                other.signing,
                Instant.now().minusSeconds(60),
                Instant.now().plusSeconds(80_000_000),
                true);
    }

    /** A server's, with this authority's own certificate sent along. */
    IssuedCertificate issue(Instant from, Instant until, String... names) {
        KeyPair server = keys();
        X509Certificate own = certificate("server", server, name, keys, signing, from, until, false, names);
        return new IssuedCertificate(List.of(own, chain.get(0)), server.getPrivate());
    }

    static IssuedCertificate selfSigned(Instant until, String host) {
        KeyPair server = keys();
        X509Certificate own = certificate(
                "self", server, "self", server, ECDSA_WITH_SHA256, Instant.now().minusSeconds(60), until, false, host);
        return new IssuedCertificate(List.of(own), server.getPrivate());
    }

    X509Certificate certificate() {
        return chain.get(0);
    }

    String pem() {
        try {
            String text = Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encodeToString(chain.get(0).getEncoded());
            return "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n".formatted(text);
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static X509Certificate certificate(
            String subject,
            KeyPair own,
            String issuer,
            KeyPair signer,
            SignatureKind signing,
            Instant from,
            Instant until,
            boolean authority,
            String... names) {
        byte[] body = sequence(
                tagged(0xa0, new byte[] {2, 1, 2}),
                tagged(2, new byte[] {0, (byte) SERIAL.incrementAndGet()}),
                signing.id(),
                new X500Principal("CN=" + issuer).getEncoded(),
                sequence(time(from), time(until)),
                new X500Principal("CN=" + subject).getEncoded(),
                own.getPublic().getEncoded(),
                tagged(0xa3, sequence(authority ? constraints() : alternatives(names))));
        try {
            Signature signature = Signature.getInstance(signing.name());
            signature.initSign(signer.getPrivate());
            signature.update(body);
            byte[] all = sequence(body, signing.id(), tagged(3, new byte[] {0}, signature.sign()));
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(all));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static byte[] constraints() {
        return sequence(BASIC_CONSTRAINTS, new byte[] {1, 1, -1}, tagged(4, sequence(new byte[] {1, 1, -1})));
    }

    private static byte[] alternatives(String... names) {
        byte[][] all = Arrays.stream(names)
                .map(name -> tagged(0x82, name.getBytes(StandardCharsets.US_ASCII)))
                .toArray(byte[][]::new);
        return sequence(ALTERNATIVE_NAMES, tagged(4, sequence(all)));
    }

    private static byte[] time(Instant instant) {
        return tagged(0x17, UTC_TIME.format(instant).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] sequence(byte[]... parts) {
        return tagged(0x30, parts);
    }

    private static byte[] tagged(int tag, byte[]... parts) {
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(value::writeBytes);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(tag);
        int length = value.size();
        if (length < 128) {
            all.write(length);
        } else if (length < 256) {
            all.writeBytes(new byte[] {(byte) 0x81, (byte) length});
        } else {
            all.writeBytes(new byte[] {(byte) 0x82, (byte) (length >> 8), (byte) length});
        }
        all.writeBytes(value.toByteArray());
        return all.toByteArray();
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static KeyPair rsaKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
