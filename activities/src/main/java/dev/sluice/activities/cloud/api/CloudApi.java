package dev.sluice.activities.cloud.api;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The requests to DigitalOcean, one request per method unless noted; each fails with {@link CloudApiException}. */
public interface CloudApi {
    /** All droplets of exactly this name; DigitalOcean allows duplicate names. */
    List<CloudDroplet> findByName(String name);

    List<CloudDroplet> findByTag(String tag);

    Optional<CloudDroplet> droplet(long id);

    /** Creates a droplet by one request that ends within the limit; returns its ID. */
    long create(DropletRequest wanted, Duration limit);

    /** Deletes the droplet; idempotent. */
    void delete(long droplet);

    /** Starts a shutdown, power_off or snapshot action. */
    DropletAction startAction(long droplet, String type, Optional<String> name);

    /** The actions of the droplet, newest first. */
    List<DropletAction> actions(long droplet);

    /** The latest 200 actions of the account, newest first. */
    List<DropletAction> latestActions();

    Optional<DropletAction> event(long id);

    /** Ids of the finished snapshots of this droplet that have this name. */
    List<Long> snapshots(long droplet, String name);

    List<CloudImage> imagesTagged(String tag);

    Optional<CloudImage> image(long id);

    /** Attaches a tag to droplets or images by up to three requests, since a tag must exist first. */
    void tag(String tag, ResourceKind kind, List<Long> ids);

    void untag(String tag, ResourceKind kind, List<Long> ids);

    /** All tags with the number of resources that have them. */
    List<TagCount> tags();

    Optional<TagCount> tagCount(String tag);

    /** All firewalls of the account. */
    List<CloudFirewall> firewalls();

    /** Removes the tag from all resources and deletes it; idempotent. */
    void deleteTag(String tag);

    /** Number of requests that this process has sent. */
    long requests();

    /** The kinds of resources with tags. */
    enum ResourceKind {
        DROPLET,
        IMAGE
    }

    /** A tag and the number of resources that have it. */
    record TagCount(String name, long carriers) {}
}
