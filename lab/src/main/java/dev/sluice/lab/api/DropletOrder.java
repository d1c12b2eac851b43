package dev.sluice.lab.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;

/** What a creation asks for, checked as a whole: after this nothing about the request can be wrong. */
record DropletOrder(
        List<String> names,
        boolean single,
        Catalog.Region region,
        Catalog.Size size,
        Image image,
        List<String> sshKeys,
        List<String> tags,
        String userData,
        String network,
        List<String> features) {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9]?[a-z0-9A-Z.\\-]*[a-z0-9A-Z]");
    private static final int MOST_NAMES = 10;
    private static final int MOST_USER_DATA = 64 * 1024;

    static DropletOrder read(Call call, Images images, Keys keys, Networks networks) {
        boolean single = !call.body().has("names");
        List<String> names = single ? List.of(call.required("name", "Name can't be blank")) : call.list("names");
        checkNames(names);
        Catalog.Size size = size(call);
        Image image = images.named(call.body().path("image")).orElseThrow(() -> invalid("image"));
        Catalog.Region region = region(call, size, image);
        List<String> tags = List.copyOf(new LinkedHashSet<>(call.list("tags")));
        Tags.check(tags);
        refuseWhatTheLabLacks(call);
        return new DropletOrder(
                names,
                single,
                region,
                size,
                image,
                keys.publicKeys(call.list("ssh_keys")),
                tags,
                userData(call),
                networks.place(call.optional("vpc_uuid"), region.slug()),
                call.flag("monitoring") ? List.of("monitoring", "private_networking") : List.of("private_networking"));
    }

    static void checkName(String name) {
        if (name.length() > 255 || !NAME.matcher(name).matches())
            throw Refusal.unprocessable("Name Only valid hostname characters are allowed. (a-z, A-Z, 0-9, . and -)");
    }

    private static void checkNames(List<String> names) {
        if (names.isEmpty()) throw Refusal.unprocessable("Name can't be blank");
        if (names.size() > MOST_NAMES)
            throw Refusal.unprocessable("You may create at most " + MOST_NAMES + " Droplets with one request.");
        names.forEach(DropletOrder::checkName);
    }

    private static Catalog.Size size(Call call) {
        return Catalog.size(call.body().path("size").asText("")).orElseThrow(() -> invalid("size"));
    }

    private static Catalog.Region region(Call call, Catalog.Size size, Image image) {
        JsonNode wanted = call.body().path("region");
        // Without a region the first one that has both the size and the image is taken.
        if (wanted.isMissingNode() || wanted.isNull())
            return Catalog.REGIONS.stream()
                    .filter(region -> fits(region, size, image))
                    .findFirst()
                    .orElseThrow(() -> invalid("region"));
        var region = Catalog.region(wanted.asText("")).orElseThrow(() -> invalid("region"));
        if (!size.regions().contains(region.slug()))
            throw Refusal.unprocessable("Size is not available in this region.");
        if (!image.regions.contains(region.slug()))
            throw Refusal.unprocessable("The image is not available in the selected region.");
        if (size.disk() < image.minimumDisk)
            throw Refusal.unprocessable(
                    "The image needs a disk of " + image.minimumDisk + " GB, the size has " + size.disk() + " GB.");
        return region;
    }

    private static boolean fits(Catalog.Region region, Catalog.Size size, Image image) {
        return size.regions().contains(region.slug())
                && image.regions.contains(region.slug())
                && size.disk() >= image.minimumDisk;
    }

    private static String userData(Call call) {
        String text = call.optional("user_data").orElse("");
        if (text.getBytes(StandardCharsets.UTF_8).length > MOST_USER_DATA)
            throw Refusal.unprocessable("User data is too long (maximum is 64 KiB)");
        return text;
    }

    private static void refuseWhatTheLabLacks(Call call) {
        if (call.flag("ipv6")) throw Refusal.unprocessable("The lab has no IPv6; leave ipv6 out.");
        if (call.flag("backups")) throw Refusal.unprocessable("The lab makes no backups; leave backups out.");
        if (!call.list("volumes").isEmpty()) throw Refusal.unprocessable("The lab has no volumes; leave volumes out.");
        if (!call.body().path("public_networking").asBoolean(true))
            throw Refusal.unprocessable("The lab gives every Droplet a public address; leave public_networking out.");
    }

    private static Refusal invalid(String what) {
        return Refusal.unprocessable("You specified an invalid " + what + " for Droplet creation.");
    }
}
