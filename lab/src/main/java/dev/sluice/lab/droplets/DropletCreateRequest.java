package dev.sluice.lab.droplets;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.lab.account.RegionCatalog;
import dev.sluice.lab.account.SshKeyOperations;
import dev.sluice.lab.api.ApiErrorException;
import dev.sluice.lab.api.RoutedRequest;
import dev.sluice.lab.images.ImageOperations;
import dev.sluice.lab.images.LabImage;
import dev.sluice.lab.tags.TagOperations;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;

/** A request for droplets, validated as a whole. */
record DropletCreateRequest(
        List<String> names,
        boolean single,
        RegionCatalog.Region region,
        RegionCatalog.DropletSize size,
        LabImage image,
        List<String> sshKeys,
        List<String> tags,
        String userData,
        String vpc,
        List<String> features) {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9]?[a-z0-9A-Z.\\-]*[a-z0-9A-Z]");
    private static final int MOST_NAMES = 10;
    private static final int MOST_USER_DATA = 64 * 1024;

    static DropletCreateRequest read(
            RoutedRequest call, ImageOperations images, SshKeyOperations keys, DropletOperations.VpcPlacement vpcs) {
        boolean single = !call.body().has("names");
        List<String> names = single ? List.of(call.requireText("name", "Name can't be blank")) : call.list("names");
        checkNames(names);
        RegionCatalog.DropletSize size = size(call);
        LabImage image = images.findReferenced(call.body().path("image")).orElseThrow(() -> invalid("image"));
        RegionCatalog.Region region = region(call, size, image);
        List<String> tags = List.copyOf(new LinkedHashSet<>(call.list("tags")));
        TagOperations.requireValid(tags);
        refuseWhatTheLabLacks(call);
        return new DropletCreateRequest(
                names,
                single,
                region,
                size,
                image,
                keys.publicKeys(call.list("ssh_keys")),
                tags,
                userData(call),
                vpcs.resolveVpc(call.optionalText("vpc_uuid"), region.slug()),
                call.isTrue("monitoring")
                        ? List.of("monitoring", "private_networking")
                        : List.of("private_networking"));
    }

    static void checkName(String name) {
        if (name.length() > 255 || !NAME.matcher(name).matches()) {
            throw ApiErrorException.unprocessable(
                    "Name Only valid hostname characters are allowed. (a-z, A-Z, 0-9, . and -)");
        }
    }

    private static void checkNames(List<String> names) {
        if (names.isEmpty()) {
            throw ApiErrorException.unprocessable("Name can't be blank");
        }
        if (names.size() > MOST_NAMES) {
            throw ApiErrorException.unprocessable(
                    "You may create at most %d Droplets with one request.".formatted(MOST_NAMES));
        }
        names.forEach(DropletCreateRequest::checkName);
    }

    private static RegionCatalog.DropletSize size(RoutedRequest call) {
        return RegionCatalog.size(call.body().path("size").asText("")).orElseThrow(() -> invalid("size"));
    }

    private static RegionCatalog.Region region(RoutedRequest call, RegionCatalog.DropletSize size, LabImage image) {
        JsonNode wanted = call.body().path("region");
        // The default is the first region that has both the size and the image.
        if (wanted.isMissingNode() || wanted.isNull()) {
            return RegionCatalog.REGIONS.stream()
                    .filter(region -> fits(region, size, image))
                    .findFirst()
                    .orElseThrow(() -> invalid("region"));
        }
        RegionCatalog.Region region = RegionCatalog.region(wanted.asText("")).orElseThrow(() -> invalid("region"));
        if (!size.regions().contains(region.slug())) {
            throw ApiErrorException.unprocessable("Size is not available in this region.");
        }
        if (!image.isIn(region)) {
            throw ApiErrorException.unprocessable("The image is not available in the selected region.");
        }
        if (size.disk() < image.minimumDisk()) {
            throw ApiErrorException.unprocessable(
                    "The image needs a disk of %d GB, the size has %d GB.".formatted(image.minimumDisk(), size.disk()));
        }
        return region;
    }

    private static boolean fits(RegionCatalog.Region region, RegionCatalog.DropletSize size, LabImage image) {
        return size.regions().contains(region.slug()) && image.isIn(region) && size.disk() >= image.minimumDisk();
    }

    private static String userData(RoutedRequest call) {
        String text = call.optionalText("user_data").orElse("");
        if (text.getBytes(StandardCharsets.UTF_8).length > MOST_USER_DATA) {
            throw ApiErrorException.unprocessable("User data is too long (maximum is 64 KiB)");
        }
        return text;
    }

    private static void refuseWhatTheLabLacks(RoutedRequest call) {
        if (call.isTrue("ipv6")) {
            throw ApiErrorException.unprocessable("The lab has no IPv6; leave ipv6 out.");
        }
        if (call.isTrue("backups")) {
            throw ApiErrorException.unprocessable("The lab makes no backups; leave backups out.");
        }
        if (!call.list("volumes").isEmpty()) {
            throw ApiErrorException.unprocessable("The lab has no volumes; leave volumes out.");
        }
        if (!call.body().path("public_networking").asBoolean(true)) {
            throw ApiErrorException.unprocessable(
                    "The lab gives every Droplet a public address; leave public_networking out.");
        }
    }

    private static ApiErrorException invalid(String what) {
        return ApiErrorException.unprocessable("You specified an invalid %s for Droplet creation.".formatted(what));
    }
}
