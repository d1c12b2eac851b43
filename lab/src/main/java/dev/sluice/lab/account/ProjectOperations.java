package dev.sluice.lab.account;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.lab.api.ApiErrorException;
import dev.sluice.lab.api.ApiJson;
import dev.sluice.lab.api.ApiOperation;
import dev.sluice.lab.api.ApiResponse;
import dev.sluice.lab.api.ResultPage;
import dev.sluice.lab.api.RoutedRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The projects. A resource that is in no other project belongs to the default one. */
final class ProjectOperations {
    private static final String DEFAULT = "default";

    private static final class ProjectRecord {
        private final String id = UUID.randomUUID().toString();
        private final Instant created;
        private final Set<String> resources = new LinkedHashSet<>();
        private String name;
        private String description = "";
        private String purpose = "Web Application";
        private String environment = "Development";
        private Instant updated;

        private ProjectRecord(String name, Instant created) {
            this.name = name;
            this.created = created;
            this.updated = created;
        }
    }

    private final Map<String, ProjectRecord> projects = new LinkedHashMap<>();
    private final Supplier<Stream<String>> urns;
    private final Clock clock;
    private ProjectRecord usual;

    ProjectOperations(Supplier<Stream<String>> urns, Clock clock) {
        this.urns = urns;
        this.clock = clock;
        this.usual = new ProjectRecord("first-project", clock.instant());
        projects.put(usual.id, usual);
    }

    List<ApiOperation> operations() {
        return Stream.of(
                        ApiOperation.get("/v2/projects", "", this::list),
                        ApiOperation.post("/v2/projects", "", this::create),
                        ApiOperation.get("/v2/projects/{project}", "by id, or `default`", this::get),
                        ApiOperation.put("/v2/projects/{project}", "needs all fields", this::replace),
                        ApiOperation.patch("/v2/projects/{project}", "changes the fields of the body", this::patch),
                        ApiOperation.delete(
                                "/v2/projects/{project}",
                                "refused for a project with resources and for the default one",
                                this::delete),
                        ApiOperation.get("/v2/projects/{project}/resources", "droplets and domains", this::resources),
                        ApiOperation.post("/v2/projects/{project}/resources", "droplets and domains", this::assign))
                .map(ApiOperation::unspecified)
                .toList();
    }

    private ApiResponse list(RoutedRequest call) {
        return ResultPage.respond(call, "projects", List.copyOf(projects.values()), this::json);
    }

    private ApiResponse create(RoutedRequest call) {
        String name = call.requireText("name", "name can't be blank");
        call.requireText("purpose", "purpose can't be blank");
        refuseIfTaken(name, "");
        ProjectRecord project = new ProjectRecord(name, clock.instant());
        change(project, call);
        projects.put(project.id, project);
        return ApiResponse.of(201, "project", json(project));
    }

    private ApiResponse get(RoutedRequest call) {
        return ApiResponse.ok("project", json(requireProject(call)));
    }

    /** Handles PUT, which needs all fields. */
    private ApiResponse replace(RoutedRequest call) {
        for (String field : List.of("name", "description", "purpose", "environment")) {
            if (!call.body().has(field)) {
                throw ApiErrorException.unprocessable(field + " can't be blank");
            }
        }
        return patch(call);
    }

    private ApiResponse patch(RoutedRequest call) {
        ProjectRecord project = requireProject(call);
        call.optionalText("name").ifPresent(name -> refuseIfTaken(name, project.id));
        change(project, call);
        if (call.isTrue("is_default")) {
            usual = project;
        }
        return ApiResponse.ok("project", json(project));
    }

    private ApiResponse delete(RoutedRequest call) {
        ProjectRecord project = requireProject(call);
        if (project == usual) {
            throw ApiErrorException.conflict("The default project cannot be deleted.");
        }
        if (!resources(project).isEmpty()) {
            throw ApiErrorException.preconditionFailed("The project still has resources.");
        }
        projects.remove(project.id);
        return ApiResponse.noContent();
    }

    private ApiResponse resources(RoutedRequest call) {
        ProjectRecord project = requireProject(call);
        return ResultPage.respond(call, "resources", resources(project), urn -> resource(call, urn, "ok"));
    }

    private ApiResponse assign(RoutedRequest call) {
        ProjectRecord project = requireProject(call);
        List<String> named = call.list("resources");
        List<String> known = urns.get().toList();
        for (String urn : named) {
            if (!known.contains(urn)) {
                throw ApiErrorException.unprocessable("There is no resource %s.".formatted(urn));
            }
        }
        projects.values().forEach(other -> other.resources.removeAll(named));
        if (project != usual) {
            project.resources.addAll(named);
        }
        ArrayNode assigned = ApiJson.array();
        named.forEach(urn -> assigned.add(resource(call, urn, "assigned")));
        return ApiResponse.ok("resources", assigned);
    }

    private void change(ProjectRecord project, RoutedRequest call) {
        Optional<String> environment =
                call.optionalText("environment").filter(text -> !text.isEmpty()); // doctl sends "" for none
        if (environment
                .filter(text -> !List.of("Development", "Staging", "Production").contains(text))
                .isPresent()) {
            throw ApiErrorException.unprocessable("environment must be Development, Staging or Production.");
        }
        project.name = call.optionalText("name").orElse(project.name);
        project.description = call.optionalText("description").orElse(project.description);
        project.purpose = call.optionalText("purpose").orElse(project.purpose);
        project.environment = environment.orElse(project.environment);
        project.updated = clock.instant();
    }

    private List<String> resources(ProjectRecord project) {
        return urns.get()
                .filter(urn -> project == usual
                        ? projects.values().stream().noneMatch(other -> other.resources.contains(urn))
                        : project.resources.contains(urn))
                .toList();
    }

    private ObjectNode resource(RoutedRequest call, String urn, String status) {
        ObjectNode json = ApiJson.object()
                .put("urn", urn)
                .put("assigned_at", ApiJson.formatTime(clock.instant()))
                .put("status", status);
        String[] parts = urn.split(":", 3);
        json.putObject("links").put("self", call.base() + "/v2/" + parts[1] + "s/" + parts[2]);
        return json;
    }

    private ObjectNode json(ProjectRecord project) {
        return ApiJson.object()
                .put("id", project.id)
                .put("owner_uuid", "5a7e1ab0-0000-4000-8000-000000000002")
                .put("owner_id", 258992)
                .put("name", project.name)
                .put("description", project.description)
                .put("purpose", project.purpose)
                .put("environment", project.environment)
                .put("is_default", project == usual)
                .put("created_at", ApiJson.formatTime(project.created))
                .put("updated_at", ApiJson.formatTime(project.updated));
    }

    private ProjectRecord requireProject(RoutedRequest call) {
        // The path of the default project has its name in place of an id.
        String id = call.variables().getOrDefault("project", DEFAULT);
        if (id.equals(DEFAULT)) {
            return usual;
        }
        return Optional.ofNullable(projects.get(id)).orElseThrow(ApiErrorException::notFound);
    }

    private void refuseIfTaken(String name, String by) {
        if (projects.values().stream().anyMatch(other -> other.name.equals(name) && !other.id.equals(by))) {
            throw ApiErrorException.conflict("name is already in use");
        }
    }
}
