package dev.sluice.activities.cloud;

import dev.sluice.activities.cloud.api.AccountCatalog;
import dev.sluice.activities.cloud.api.CloudApi;
import dev.sluice.activities.cloud.api.ClusterNodes;
import dev.sluice.workflows.activity.CloudActivities.PlanFacts;
import dev.sluice.workflows.activity.CloudActivities.PlanQuestion;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.cluster.Template;
import dev.sluice.workflows.model.report.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks whether DigitalOcean can carry out a plan. Changes nothing. */
final class CloudPlanCheck {
    private final CloudApi cloud;
    private final AccountCatalog catalog;
    private final TemplateStore approved;
    private final TaggedClusterNodes fleet;

    CloudPlanCheck(CloudApi cloud, AccountCatalog catalog, TemplateStore approved, TaggedClusterNodes fleet) {
        this.cloud = cloud;
        this.catalog = catalog;
        this.approved = approved;
        this.fleet = fleet;
    }

    PlanFacts check(PlanQuestion question) {
        checkWords(question);
        AccountCatalog.DropletSize size = size(question).orElseThrow();
        Template template = template(question, size);
        int droplets = catalog.droplets();
        int limit = catalog.dropletLimit();
        if (droplets + question.count() > limit) {
            throw TypedFailures.of(
                    FailureType.QUOTA_REACHED,
                    "The account has %d droplets and its limit is %d; the plan needs %d more"
                            .formatted(droplets, limit, question.count()));
        }
        return new PlanFacts(
                template,
                droplets,
                limit,
                size.usdPerHour().doubleValue(),
                fleet.nodes(question.cluster(), ClusterNodes.NOW));
    }

    /** Reports every value that DigitalOcean does not know in one failure. */
    private void checkWords(PlanQuestion question) {
        List<String> wrong = new ArrayList<>();
        Set<String> regions = catalog.regions();
        if (!regions.contains(question.region())) {
            wrong.add("DigitalOcean has no region '%s'%s"
                    .formatted(question.region(), ClosestMatch.suggest(question.region(), regions)));
        }
        size(question)
                .ifPresentOrElse(size -> checkSizeInRegion(question, size, wrong), () -> wrong.add(noSize(question)));
        question.sshKeys().forEach(key -> checkKey(key, wrong));
        question.vpc().ifPresent(vpc -> checkVpc(question, vpc, wrong));
        if (!wrong.isEmpty()) {
            throw TypedFailures.of(FailureType.PLAN_INVALID, String.join("; ", wrong));
        }
    }

    private String noSize(PlanQuestion question) {
        List<String> slugs =
                catalog.sizes().stream().map(AccountCatalog.DropletSize::slug).toList();
        return "DigitalOcean has no size '%s'%s"
                .formatted(question.size(), ClosestMatch.suggest(question.size(), slugs));
    }

    private void checkSizeInRegion(PlanQuestion question, AccountCatalog.DropletSize size, List<String> wrong) {
        if (catalog.regions().contains(question.region()) && !size.regions().contains(question.region())) {
            wrong.add("Size %s is not offered in %s; there: %s"
                    .formatted(
                            size.slug(),
                            question.region(),
                            String.join(", ", size.regions().stream().sorted().toList())));
        }
    }

    private void checkKey(String key, List<String> wrong) {
        List<AccountCatalog.SshKey> keys = catalog.keys();
        if (keys.stream()
                .noneMatch(
                        known -> known.name().equals(key) || known.fingerprint().equals(key))) {
            List<String> names = keys.stream().map(AccountCatalog.SshKey::name).toList();
            wrong.add("The account has no SSH key '%s'%s".formatted(key, ClosestMatch.suggest(key, names)));
        }
    }

    private void checkVpc(PlanQuestion question, String vpc, List<String> wrong) {
        List<AccountCatalog.Vpc> vpcs = catalog.vpcs();
        Optional<AccountCatalog.Vpc> found =
                vpcs.stream().filter(known -> known.id().equals(vpc)).findFirst();
        if (found.isEmpty()) {
            wrong.add("The account has no VPC '%s'%s"
                    .formatted(
                            vpc,
                            ClosestMatch.suggest(
                                    vpc,
                                    vpcs.stream().map(AccountCatalog.Vpc::id).toList())));
        } else if (!found.get().region().equals(question.region())) {
            wrong.add("VPC %s is in %s, expected %s".formatted(vpc, found.get().region(), question.region()));
        }
    }

    private Optional<AccountCatalog.DropletSize> size(PlanQuestion question) {
        return catalog.sizes().stream()
                .filter(size -> size.slug().equals(question.size()))
                .findFirst();
    }

    private Template template(PlanQuestion question, AccountCatalog.DropletSize size) {
        Template template = question.template().isPresent()
                ? named(question, question.template().get())
                : newest(question);
        if (template.approval().isEmpty()) {
            throw refused(template, "is not approved");
        }
        if (!template.regions().contains(question.region())) {
            throw refused(
                    template,
                    "is in %s, expected %s".formatted(String.join(", ", template.regions()), question.region()));
        }
        if (template.minimumDisk() > size.disk()) {
            throw refused(
                    template,
                    "needs a disk of %d GB, size %s has %d GB"
                            .formatted(template.minimumDisk(), size.slug(), size.disk()));
        }
        return template;
    }

    private Template named(PlanQuestion question, long id) {
        Template template = cloud.image(id)
                .flatMap(TemplateStore::template)
                .orElseThrow(() -> TypedFailures.of(
                        FailureType.TEMPLATE_REFUSED, "There is no template with the id %d".formatted(id)));
        if (!template.cluster().equals(question.cluster()) || template.role() != question.role()) {
            throw refused(
                    template,
                    "is for %s %s, expected %s %s"
                            .formatted(template.cluster(), template.role(), question.cluster(), question.role()));
        }
        return template;
    }

    private Template newest(PlanQuestion question) {
        List<Template> templates = approved.list(question.cluster()).stream()
                .filter(template -> template.role() == question.role())
                .toList();
        return templates.stream()
                .filter(template -> template.approval().isPresent())
                .findFirst()
                .orElseThrow(() -> TypedFailures.of(
                        FailureType.TEMPLATE_REFUSED,
                        "None of the %d templates of %s %s is approved"
                                .formatted(templates.size(), question.cluster(), question.role())));
    }

    private static ApplicationFailure refused(Template template, String why) {
        return TypedFailures.of(
                FailureType.TEMPLATE_REFUSED, "Template %d (%s) %s".formatted(template.image(), template.name(), why));
    }
}
