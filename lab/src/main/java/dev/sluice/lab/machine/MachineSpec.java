package dev.sluice.lab.machine;

import java.util.List;

/**
 * A machine as it is asked for: what it boots from, its addresses and what its metadata service answers.
 *
 * @param id the droplet's id, never used twice
 * @param name the host name given at creation
 * @param image key of the image it boots from, see {@link MachineBackend#baseImages}
 * @param privateAddress IPv4 inside the lab's private network, 10.77.0.0/16
 * @param publicAddress IPv4 that stands for the Internet's side, 198.18.0.0/16 (RFC 2544)
 * @param sshKeys public keys for root, in authorized_keys form
 * @param userData what cloud-init gets at first boot, at most 64 KiB
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

    /** The same machine, booting from another image. */
    public MachineSpec withImage(String otherImage) {
        return new MachineSpec(
                id, name, otherImage, privateAddress, publicAddress, sshKeys, userData, tags, region, diskMebibytes);
    }

    /** The same machine with a disk of another size. */
    public MachineSpec withDisk(int mebibytes) {
        return new MachineSpec(
                id, name, image, privateAddress, publicAddress, sshKeys, userData, tags, region, mebibytes);
    }
}
