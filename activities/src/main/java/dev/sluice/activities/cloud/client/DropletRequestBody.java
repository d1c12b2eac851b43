package dev.sluice.activities.cloud.client;

import com.google.gson.Gson;
import com.google.gson.TypeAdapter;
import com.google.gson.annotations.Expose;
import com.google.gson.annotations.JsonAdapter;
import com.google.gson.annotations.SerializedName;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import com.myjeeva.digitalocean.pojo.Region;
import dev.sluice.activities.cloud.api.DropletRequest;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of a create for client 2.17. The client's own class has no VPC and loses letters outside Latin-1, so that
 * the exposed fields of this class are sent instead.
 */
final class DropletRequestBody extends com.myjeeva.digitalocean.pojo.Droplet {
    private static final long serialVersionUID = 1;
    private static final Gson PLAIN = new Gson();

    @Expose
    @SerializedName("name")
    final String wantedName;

    @Expose
    @SerializedName("region")
    final String wantedRegion;

    @Expose
    @SerializedName("size")
    final String wantedSize;

    @Expose
    @SerializedName("image")
    @JsonAdapter(NumberOrSlug.class)
    final String wantedImage;

    @Expose
    @SerializedName("vpc_uuid")
    final @Nullable String vpc;

    @Expose
    @SerializedName("ssh_keys")
    final List<String> fingerprints;

    @Expose
    @SerializedName("tags")
    final List<String> wantedTags;

    @Expose
    @SerializedName("user_data")
    @JsonAdapter(AsciiAdapter.class)
    final String firstBoot;

    /** Never: the agent updates itself, and nodes of one template would differ (docs/decisions/0018). */
    @Expose
    @SerializedName("with_droplet_agent")
    final boolean agent = false;

    DropletRequestBody(DropletRequest wanted) {
        wantedName = wanted.name();
        wantedRegion = wanted.region();
        wantedSize = wanted.size();
        wantedImage = wanted.image();
        vpc = wanted.vpc().orElse(null);
        fingerprints = wanted.sshKeys();
        wantedTags = wanted.tags();
        firstBoot = wanted.userData();
        // The client validates its own fields before it sends these.
        setName(wanted.name());
        setRegion(new Region(wanted.region()));
        setSize(wanted.size());
        setImage(new com.myjeeva.digitalocean.pojo.Image(wanted.image()));
    }

    /** Writes an ID as a number and a slug as a string. */
    static final class NumberOrSlug extends TypeAdapter<String> {
        @Override
        public void write(JsonWriter out, String value) throws IOException {
            out.jsonValue(value.matches("[0-9]+") ? value : PLAIN.toJson(value));
        }

        @Override
        public String read(JsonReader in) throws IOException {
            return in.nextString();
        }
    }

    /** Escapes letters outside ASCII, since the client sends Latin-1. */
    static final class AsciiAdapter extends TypeAdapter<String> {
        @Override
        public void write(JsonWriter out, String value) throws IOException {
            StringBuilder escaped = new StringBuilder();
            PLAIN.toJson(value)
                    .chars()
                    .forEach(letter ->
                            escaped.append(letter < 128 ? Character.toString(letter) : "\\u%04x".formatted(letter)));
            out.jsonValue(escaped.toString());
        }

        @Override
        public String read(JsonReader in) throws IOException {
            return in.nextString();
        }
    }
}
