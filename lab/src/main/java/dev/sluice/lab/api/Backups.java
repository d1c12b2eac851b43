package dev.sluice.lab.api;

/** What the API says of backups where nobody makes any. */
final class Backups {
    private final Fleet fleet;

    Backups(Fleet fleet) {
        this.fleet = fleet;
    }

    Answer policy(Call call) {
        long droplet = fleet.of(call).id;
        return Answer.ok("policy", Json.object().put("droplet_id", droplet).put("backup_enabled", false));
    }

    Answer policies(Call call) {
        var body = Json.object();
        body.putObject("policies");
        body.putObject("links");
        body.putObject("meta").put("total", 0);
        return new Answer(200, body, 0);
    }

    Answer supported(Call call) {
        return Answer.ok("supported_policies", Json.array());
    }
}
