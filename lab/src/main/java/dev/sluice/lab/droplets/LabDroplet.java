package dev.sluice.lab.droplets;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.lab.account.RegionCatalog;
import dev.sluice.lab.api.ApiJson;
import dev.sluice.lab.machine.MachineSpec;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A machine as the API shows it. */
public final class LabDroplet {
    public final long id;
    public final RegionCatalog.Region region;
    final String network;
    final int address;
    public final Instant created;
    final List<String> features;
    public final Set<String> tags = new LinkedHashSet<>();
    public String name;
    public RegionCatalog.DropletSize size;
    public LabImage image;

    /** GiB; a resize may leave it as it is. */
    public int disk;

    /** What was asked for when its machine was made. */
    public MachineSpec machine;

    /** Whether the API does not know it yet, though it is being made. */
    boolean hidden;

    /** Whether its addresses can be read. */
    boolean addressed;

    /** False until the machine has booted for the first time. */
    boolean made;

    /** Whether an event is going on: only one at a time. */
    public boolean locked = true;

    /** Whether power was asked for; a machine may have lost it nevertheless. */
    public boolean powered = true;

    LabDroplet(long id, String name, DropletCreateRequest order, int address, Instant created) {
        this.id = id;
        this.name = name;
        this.region = order.region();
        this.size = order.size();
        this.disk = order.size().disk();
        this.image = order.image();
        this.network = order.network();
        this.address = address;
        this.created = created;
        this.features = order.features();
        this.machine = new MachineSpec(
                id,
                name,
                image.key,
                privateAddress(),
                publicAddress(),
                order.sshKeys(),
                order.userData(),
                order.tags(),
                region.slug(),
                disk * 1024);
    }

    public String privateAddress() {
        return "10.77." + place();
    }

    public String publicAddress() {
        return "198.18." + place();
    }

    ObjectNode json(boolean running, List<Long> snapshots) {
        var json = ApiJson.object()
                .put("id", id)
                .put("name", name)
                .put("memory", size.memory())
                .put("vcpus", size.vcpus())
                .put("disk", disk)
                .put("locked", locked)
                .put("status", status(running))
                .put("created_at", ApiJson.formatTime(created))
                .put("size_slug", size.slug())
                .put("vpc_uuid", network)
                .putNull("kernel")
                .putNull("next_backup_window");
        json.set("features", ApiJson.array(features));
        json.set("backup_ids", ApiJson.array());
        json.set("snapshot_ids", ApiJson.array(snapshots));
        json.set("volume_ids", ApiJson.array());
        json.set("image", image.json());
        json.set("size", size.json());
        json.set("networks", networks());
        json.set("region", region.json());
        json.set("tags", ApiJson.array(tags));
        return json;
    }

    String status(boolean running) {
        if (!made) return "new";
        return powered && running ? "active" : "off";
    }

    private String place() {
        return address / 250 + "." + (address % 250 + 2);
    }

    private ObjectNode networks() {
        ArrayNode addresses = ApiJson.array();
        if (addressed) {
            addresses.add(network("private", privateAddress(), "10.77.0.1"));
            addresses.add(network("public", publicAddress(), "198.18.0.1"));
        }
        var networks = ApiJson.object();
        networks.set("v4", addresses);
        networks.set("v6", ApiJson.array());
        return networks;
    }

    private static ObjectNode network(String type, String address, String gateway) {
        return ApiJson.object()
                .put("ip_address", address)
                .put("netmask", "255.255.0.0")
                .put("gateway", gateway)
                .put("type", type);
    }
}
