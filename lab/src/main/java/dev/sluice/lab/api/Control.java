package dev.sluice.lab.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Map;

/** What is asked of the lab itself, under /lab: faults and the journal. It needs no token. */
final class Control {
    private final LabCloud cloud;

    Control(LabCloud cloud) {
        this.cloud = cloud;
    }

    Reply reply(Request request) {
        try {
            return Reply.of(answer(request), Map.of());
        } catch (Refusal refusal) {
            return Reply.of(refusal.answer("lab"), Map.of());
        }
    }

    private Answer answer(Request request) {
        String title = request.method() + " " + request.path();
        return switch (title) {
            case "GET /lab/faults" -> faults();
            case "POST /lab/faults" -> plan(Json.parse(request.body()));
            case "GET /lab/account" -> account();
            case "GET /lab/journal" -> new Answer(200, cloud.journal.json(), 0);
            default -> title.startsWith("DELETE /lab/faults/") ? repair(request.path()) : unknown(request);
        };
    }

    private Answer faults() {
        var list = Json.array();
        cloud.locked(cloud.faults::all).forEach(planned -> list.add(planned.json()));
        return Answer.ok("faults", list);
    }

    /** What there is in the account, seen at one moment: a test's look at it costs no request of anybody's limit. */
    private Answer account() {
        return cloud.locked(() -> {
            var account = Json.object();
            var droplets = account.putArray("droplets");
            cloud.fleet
                    .all()
                    .forEach(droplet -> droplets.add(look(droplet.id, droplet.name, droplet.tags)
                            .put("private", droplet.privateAddress())
                            .put("public", droplet.publicAddress())
                            .put("powered", droplet.powered)));
            var images = account.putArray("images");
            cloud.images.snapshots().forEach(image -> images.add(look(image.id, image.name, image.tags)));
            var records = account.putArray("records");
            for (String domain : cloud.domains.names())
                for (var entry : cloud.domains.entries(domain))
                    records.add("%s %s %s %s".formatted(domain, entry.name(), entry.type(), entry.data()));
            account.set("tags", Json.array(cloud.tags.names()));
            account.set("keys", Json.array(cloud.keys.names()));
            return new Answer(200, account, 0);
        });
    }

    private static ObjectNode look(long id, String name, Collection<String> tags) {
        return Json.object().put("id", id).put("name", name).<ObjectNode>set("tags", Json.array(tags));
    }

    private Answer plan(ObjectNode body) {
        try {
            var fault = read(body);
            long id = cloud.plan(fault);
            var planned = planned(id);
            cloud.hindrance(planned).ifPresent(why -> {
                cloud.repair(id);
                throw Refusal.unprocessable(
                        fault.name() + " could not be injected, and what was broken is mended: " + why);
            });
            return Answer.of(201, "fault", cloud.locked(planned::json));
        } catch (IllegalArgumentException e) {
            throw Refusal.unprocessable(String.valueOf(e.getMessage()));
        }
    }

    /** Answers when the machines are mended, as a fault's declaration does when they are broken. */
    private Answer repair(String path) {
        String id = path.substring("/lab/faults/".length());
        if (!id.matches("[0-9]{1,18}")) throw Refusal.notFound();
        var planned = planned(Long.parseLong(id));
        cloud.repair(planned.id);
        cloud.hindrance(planned).ifPresent(why -> LabLog.notMended(planned.fault.name(), why));
        return Answer.noContent();
    }

    private FaultPlan.Planned planned(long id) {
        return cloud.locked(() -> cloud.faults.find(id).orElseThrow(Refusal::notFound));
    }

    private static Answer unknown(Request request) {
        LabLog.unknown(request.method(), request.path());
        throw Refusal.notFound();
    }

    private static Fault read(ObjectNode body) {
        String name = body.path("name").asText("");
        var api = ApiFault.named(name);
        boolean next = body.path("next").asBoolean(false);
        // A fault of requests strikes once unless told otherwise; one of machines strikes every machine that fits.
        return new Fault(
                name,
                body.path("operation").asText(api.map(ApiFault::operation).orElse("")),
                body.path("droplet").asText(""),
                number(body, "nth", 1),
                number(body, "times", api.isPresent() || next ? 1 : 0),
                number(body, "seconds", Fault.seconds(name)),
                next);
    }

    private static int number(ObjectNode body, String field, int usual) {
        JsonNode number = body.path(field);
        if (number.isMissingNode() || number.isNull()) return usual;
        if (!number.isInt()) throw Refusal.unprocessable(field + " must be a whole number");
        return number.intValue();
    }
}
