package dev.sluice.activities.cloud.api;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The requests to DigitalOcean that steps are made of, one request each where not said otherwise; fails with {@link CloudApiException}. */
public interface CloudApi {
    /** All droplets of exactly this name; names are not unique there. */
    List<CloudDroplet> findByName(String name);

    List<CloudDroplet> findByTag(String tag);

    Optional<CloudDroplet> droplet(long id);

    /** Creates a droplet by one request that is over within the limit; the answer is its id. */
    long create(DropletRequest wanted, Duration limit);

    /** Not there is done. */
    void delete(long droplet);

    /** Begins shutdown, power_off or snapshot; the answer is what has begun. */
    DropletAction startAction(long droplet, String type, Optional<String> name);

    /** What happened to the droplet, newest first. */
    List<DropletAction> actions(long droplet);

    /** The last 200 things that happened in the account, newest first. */
    List<DropletAction> latestActions();

    Optional<DropletAction> event(long id);

    /** Ids of the finished snapshots of this droplet that have this name. */
    List<Long> snapshots(long droplet, String name);

    List<CloudImage> imagesTagged(String tag);

    Optional<CloudImage> image(long id);

    /** Puts a tag on droplets or images; up to three requests, since a tag has to be there first. */
    void tag(String tag, ResourceKind kind, List<Long> ids);

    void untag(String tag, ResourceKind kind, List<Long> ids);

    /** Names of all tags, with how many things carry each. */
    List<TagCount> tags();

    Optional<TagCount> tagCount(String tag);

    /** All firewalls of the account. */
    List<CloudFirewall> firewalls();

    /** Takes the tag off everything and deletes it; not there is done. */
    void deleteTag(String tag);

    /** Requests that this process has sent. */
    long requests();

    /** What can carry a tag. */
    enum ResourceKind {
        DROPLET,
        IMAGE
    }

    /** A tag and how many things carry it. */
    record TagCount(String name, long carriers) {}
}
