package dev.sluice.workflows.model.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/** Computes the digest of a cluster file over its values, so that its layout does not matter. */
public final class ClusterFileDigest {
    public static final Sha256Digest NONE = new Sha256Digest("0".repeat(64));

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModules(new Jdk8Module(), new JavaTimeModule())
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .build();

    private ClusterFileDigest() {}

    /** Returns the file with its digest. */
    public static ClusterFile addDigest(ClusterFile file) {
        return withDigest(file, digest(withDigest(file, NONE)));
    }

    private static ClusterFile withDigest(ClusterFile file, Sha256Digest digest) {
        return new ClusterFile(
                file.name(),
                file.domain(),
                file.service(),
                file.region(),
                file.vpc(),
                file.sshKeys(),
                file.ttl(),
                file.nameServer(),
                file.roles(),
                file.expiry(),
                file.notices(),
                file.check(),
                file.others(),
                digest);
    }

    private static Sha256Digest digest(ClusterFile file) {
        try {
            return Sha256Digest.of(MAPPER.writeValueAsString(file));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A cluster file consists of plain values", impossible);
        }
    }
}
