package dev.sluice.lab.machine;

import java.util.List;

/**
 * The specification of a machine: its image, its addresses and the content of its metadata service.
 *
 * @param id the droplet's id, never used twice
 * @param name the host name given at creation
 * @param image key of its image, see {@link MachineBackend#baseImages}
 * @param privateAddress IPv4 inside the lab's private network, 10.77.0.0/16
 * @param publicAddress IPv4 of the simulated Internet, 198.18.0.0/16 (RFC 2544)
 * @param sshKeys public keys for root, in authorized_keys form
 * @param userData the input of cloud-init at first boot, at most 64 KiB
 * @param diskMebibytes size of its writable disk; 0 for no limit
 */
public record MachineSpec(
        long id,
        String name,
        String image,
        String privateAddress,
        String publicAddress,
        List<String> sshKeys,
        String userData,
        List<String> tags,
        String region,
        int diskMebibytes) {
    public MachineSpec {
        sshKeys = List.copyOf(sshKeys);
        tags = List.copyOf(tags);
    }

    /** Returns the machine with another image. */
    public MachineSpec withImage(String otherImage) {
        return new MachineSpec(
                id, name, otherImage, privateAddress, publicAddress, sshKeys, userData, tags, region, diskMebibytes);
    }

    /** Returns the machine with another disk size. */
    public MachineSpec withDisk(int mebibytes) {
        return new MachineSpec(
                id, name, image, privateAddress, publicAddress, sshKeys, userData, tags, region, mebibytes);
    }
}
