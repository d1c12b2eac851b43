package dev.sluice.lab.droplets;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.lab.account.RegionCatalog;
import dev.sluice.lab.api.ApiErrorException;
import dev.sluice.lab.api.ApiJson;
import dev.sluice.lab.images.LabImage;
import dev.sluice.lab.machine.MachineSpec;
import dev.sluice.lab.tags.TagCarrier;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A droplet as the API shows it. */
public final class LabDroplet implements TagCarrier {
    private final long id;
    private final RegionCatalog.Region region;
    private final String vpc;
    private final int address;
    private final Instant created;
    private final List<String> features;
    private final Set<String> tags = new LinkedHashSet<>();
    private String name;
    private RegionCatalog.DropletSize size;
    private LabImage image;

    /** GiB; a resize may leave it as it is. */
    private int disk;

    /** The request that its machine was made from. */
    private MachineSpec machine;

    /** Whether the API does not list it yet. */
    private boolean hidden;

    /** Whether the API shows its addresses. */
    private boolean addressed;

    /** False until the machine has booted for the first time. */
    private boolean made;

    /** Whether an event is in progress; a droplet allows one at a time. */
    private boolean locked = true;

    /** Whether its power was requested; a machine may have lost it nevertheless. */
    private boolean powered = true;

    LabDroplet(long id, String name, DropletCreateRequest order, int address, Instant created) {
        this.id = id;
        this.name = name;
        this.region = order.region();
        this.size = order.size();
        this.disk = order.size().disk();
        this.image = order.image();
        this.vpc = order.vpc();
        this.address = address;
        this.created = created;
        this.features = order.features();
        this.machine = new MachineSpec(
                id,
                name,
                image.key(),
                privateAddress(),
                publicAddress(),
                order.sshKeys(),
                order.userData(),
                order.tags(),
                region.slug(),
                disk * 1024);
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public Set<String> tags() {
        return tags;
    }

    public String name() {
        return name;
    }

    public RegionCatalog.Region region() {
        return region;
    }

    public String vpc() {
        return vpc;
    }

    public Instant created() {
        return created;
    }

    public boolean isPowered() {
        return powered;
    }

    public String privateAddress() {
        return "10.77." + place();
    }

    public String publicAddress() {
        return "198.18." + place();
    }

    public void refuseIfBusy() {
        if (locked) {
            throw ApiErrorException.unprocessable("Droplet already has a pending event.");
        }
    }

    int address() {
        return address;
    }

    LabImage image() {
        return image;
    }

    RegionCatalog.DropletSize size() {
        return size;
    }

    int disk() {
        return disk;
    }

    MachineSpec machine() {
        return machine;
    }

    boolean isHidden() {
        return hidden;
    }

    boolean isMade() {
        return made;
    }

    void hide() {
        hidden = true;
    }

    void show() {
        hidden = false;
    }

    void showAddresses() {
        addressed = true;
    }

    void lock() {
        locked = true;
    }

    void unlock() {
        locked = false;
    }

    void endFirstBoot(boolean succeeded) {
        locked = false;
        made = succeeded;
    }

    void powerOn() {
        powered = true;
    }

    void powerOff() {
        powered = false;
    }

    void rename(String newName) {
        name = newName;
    }

    void resize(RegionCatalog.DropletSize newSize, int newDisk) {
        size = newSize;
        disk = newDisk;
        machine = machine.withDisk(newDisk * 1024);
    }

    /** Takes over the machine that was rebuilt from the image. */
    void replaceMachine(LabImage newImage, MachineSpec newMachine) {
        image = newImage;
        machine = newMachine;
        powered = true;
    }

    ObjectNode json(boolean running, List<Long> snapshots) {
        ObjectNode json = ApiJson.object()
                .put("id", id)
                .put("name", name)
                .put("memory", size.memory())
                .put("vcpus", size.vcpus())
                .put("disk", disk)
                .put("locked", locked)
                .put("status", status(running))
                .put("created_at", ApiJson.formatTime(created))
                .put("size_slug", size.slug())
                .put("vpc_uuid", vpc)
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
        if (!made) {
            return "new";
        }
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
        ObjectNode networks = ApiJson.object();
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
