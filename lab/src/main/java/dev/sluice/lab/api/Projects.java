package dev.sluice.lab.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Projects: folders of what there is. What is in no other one is in the default project. */
final class Projects {
    private static final String DEFAULT = "default";

    private static final class Project {
        private final String id = UUID.randomUUID().toString();
        private final Instant created;
        private final Set<String> resources = new LinkedHashSet<>();
        private String name;
        private String description = "";
        private String purpose = "Web Application";
        private String environment = "Development";
        private Instant updated;

        private Project(String name, Instant created) {
            this.name = name;
            this.created = created;
            this.updated = created;
        }
    }

    private final Map<String, Project> projects = new LinkedHashMap<>();
    private final Fleet fleet;
    private final Domains domains;
    private final Clock clock;
    private Project usual;

    Projects(Fleet fleet, Domains domains, Clock clock) {
        this.fleet = fleet;
        this.domains = domains;
        this.clock = clock;
        this.usual = new Project("first-project", clock.instant());
        projects.put(usual.id, usual);
    }

    Answer list(Call call) {
        return Page.of(call, "projects", List.copyOf(projects.values()), this::json);
    }

    Answer create(Call call) {
        String name = call.required("name", "name can't be blank");
        call.required("purpose", "purpose can't be blank");
        refuseIfTaken(name, "");
        var project = new Project(name, clock.instant());
        change(project, call);
        projects.put(project.id, project);
        return Answer.of(201, "project", json(project));
    }

    Answer get(Call call) {
        return Answer.ok("project", json(of(call)));
    }

    /** PUT: all fields have to be there. */
    Answer replace(Call call) {
        for (String field : List.of("name", "description", "purpose", "environment"))
            if (!call.body().has(field)) throw Refusal.unprocessable(field + " can't be blank");
        return patch(call);
    }

    Answer patch(Call call) {
        var project = of(call);
        call.optional("name").ifPresent(name -> refuseIfTaken(name, project.id));
        change(project, call);
        if (call.flag("is_default")) usual = project;
        return Answer.ok("project", json(project));
    }

    Answer delete(Call call) {
        var project = of(call);
        if (project == usual) throw Refusal.conflict("The default project cannot be deleted.");
        if (!resources(project).isEmpty()) throw Refusal.preconditionFailed("The project still has resources.");
        projects.remove(project.id);
        return Answer.noContent();
    }

    Answer resources(Call call) {
        var project = of(call);
        return Page.of(call, "resources", resources(project), urn -> resource(call, urn, "ok"));
    }

    Answer assign(Call call) {
        var project = of(call);
        var urns = call.list("resources");
        var known = urns();
        for (String urn : urns)
            if (!known.contains(urn)) throw Refusal.unprocessable("There is no resource " + urn + ".");
        projects.values().forEach(other -> other.resources.removeAll(urns));
        if (project != usual) project.resources.addAll(urns);
        var assigned = Json.array();
        urns.forEach(urn -> assigned.add(resource(call, urn, "assigned")));
        return Answer.ok("resources", assigned);
    }

    private void change(Project project, Call call) {
        var environment = call.optional("environment").filter(text -> !text.isEmpty()); // doctl sends "" for none
        if (environment
                .filter(text -> !List.of("Development", "Staging", "Production").contains(text))
                .isPresent()) throw Refusal.unprocessable("environment must be Development, Staging or Production.");
        project.name = call.optional("name").orElse(project.name);
        project.description = call.optional("description").orElse(project.description);
        project.purpose = call.optional("purpose").orElse(project.purpose);
        project.environment = environment.orElse(project.environment);
        project.updated = clock.instant();
    }

    private List<String> resources(Project project) {
        return urns().stream()
                .filter(urn -> project == usual
                        ? projects.values().stream().noneMatch(other -> other.resources.contains(urn))
                        : project.resources.contains(urn))
                .toList();
    }

    private List<String> urns() {
        var droplets = fleet.all().stream().map(droplet -> "do:droplet:" + droplet.id);
        var names = domains.names().stream().map(name -> "do:domain:" + name);
        return java.util.stream.Stream.concat(droplets, names).toList();
    }

    private ObjectNode resource(Call call, String urn, String status) {
        var json = Json.object()
                .put("urn", urn)
                .put("assigned_at", Json.time(clock.instant()))
                .put("status", status);
        String[] parts = urn.split(":", 3);
        json.putObject("links").put("self", call.base() + "/v2/" + parts[1] + "s/" + parts[2]);
        return json;
    }

    private ObjectNode json(Project project) {
        return Json.object()
                .put("id", project.id)
                .put("owner_uuid", "5a7e1ab0-0000-4000-8000-000000000002")
                .put("owner_id", 258992)
                .put("name", project.name)
                .put("description", project.description)
                .put("purpose", project.purpose)
                .put("environment", project.environment)
                .put("is_default", project == usual)
                .put("created_at", Json.time(project.created))
                .put("updated_at", Json.time(project.updated));
    }

    private Project of(Call call) {
        // The path of the default project has its name where the others have their id.
        String id = call.variables().getOrDefault("project", DEFAULT);
        if (id.equals(DEFAULT)) return usual;
        return Optional.ofNullable(projects.get(id)).orElseThrow(Refusal::notFound);
    }

    private void refuseIfTaken(String name, String by) {
        if (projects.values().stream().anyMatch(other -> other.name.equals(name) && !other.id.equals(by)))
            throw Refusal.conflict("name is already in use");
    }
}
