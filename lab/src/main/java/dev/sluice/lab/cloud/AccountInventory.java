package dev.sluice.lab.cloud;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.lab.account.SshKeyOperations;
import dev.sluice.lab.api.ApiJson;
import dev.sluice.lab.dns.DnsZones;
import dev.sluice.lab.domains.DomainOperations;
import dev.sluice.lab.droplets.DropletStore;
import dev.sluice.lab.images.ImageOperations;
import dev.sluice.lab.tags.TagCarrier;
import dev.sluice.lab.tags.TagOperations;
import java.util.stream.Stream;

/** All resources of the account, whether the API shows them yet or not. */
record AccountInventory(
        DropletStore droplets,
        ImageOperations images,
        TagOperations tags,
        SshKeyOperations keys,
        DomainOperations domains) {
    ObjectNode json() {
        ObjectNode account = ApiJson.object();
        ArrayNode list = account.putArray("droplets");
        droplets.all()
                .forEach(droplet -> list.add(json(droplet, droplet.name())
                        .put("private", droplet.privateAddress())
                        .put("public", droplet.publicAddress())
                        .put("powered", droplet.isPowered())));
        ArrayNode snapshots = account.putArray("images");
        images.snapshots().forEach(image -> snapshots.add(json(image, image.name())));
        ArrayNode records = account.putArray("records");
        for (String domain : domains.names()) {
            for (DnsZones.ZoneRecord entry : domains.entries(domain)) {
                records.add("%s %s %s %s".formatted(domain, entry.name(), entry.type(), entry.data()));
            }
        }
        account.set("tags", ApiJson.array(tags.names()));
        account.set("keys", ApiJson.array(keys.names()));
        return account;
    }

    /** The names of what can be in a project, such as {@code do:droplet:540000001}. */
    Stream<String> urns() {
        return Stream.concat(
                droplets.all().stream().map(droplet -> "do:droplet:" + droplet.id()),
                domains.names().stream().map(name -> "do:domain:" + name));
    }

    private static ObjectNode json(TagCarrier resource, String name) {
        return ApiJson.object()
                .put("id", resource.id())
                .put("name", name)
                .<ObjectNode>set("tags", ApiJson.array(resource.tags()));
    }
}
