package dev.sluice.starter.command;

import dev.sluice.starter.Session;
import dev.sluice.starter.temporal.Starts;
import dev.sluice.workflows.ExamineCluster;
import dev.sluice.workflows.ExamineCluster.Examination;
import dev.sluice.workflows.Names;
import dev.sluice.workflows.ShowAccount;
import dev.sluice.workflows.ShowCluster;
import dev.sluice.workflows.ShowCluster.ClusterReport;
import dev.sluice.workflows.Templates;
import dev.sluice.workflows.model.Account;
import dev.sluice.workflows.model.Approval;
import dev.sluice.workflows.model.ChangePlan;
import dev.sluice.workflows.model.ClusterFile;
import dev.sluice.workflows.model.ClusterName;
import dev.sluice.workflows.model.Template;
import io.temporal.common.SearchAttributes;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/** Short runs: a worker looks, or nudges, and answers. */
final class Reading {
    private static final Type TEMPLATES = new ListOf(Template.class);

    private final Session session;

    Reading(Session session) {
        this.session = session;
    }

    /** The cluster as it is now. */
    ClusterReport cluster(ClusterFile file) {
        return look(file, file);
    }

    /** The same, and whether that plan could be carried out. */
    ClusterReport cluster(ChangePlan plan) {
        return look(plan.file(), plan.file(), plan);
    }

    private ClusterReport look(ClusterFile file, Object... input) {
        return session.starts()
                .ask(
                        ShowCluster.class,
                        id("show/%s".formatted(file.name())),
                        labels(file.name(), "look at " + file.name()),
                        ClusterReport.class,
                        ClusterReport.class,
                        input);
    }

    /** What the account holds. */
    Account account() {
        Starts.Labels labels = new Starts.Labels(SearchAttributes.newBuilder().build(), "look at the account", "");
        return session.starts().ask(ShowAccount.class, id("account"), labels, Account.class, Account.class);
    }

    /** Each link that a deployment of the cluster hangs on. */
    Examination examination(ClusterFile file) {
        return session.starts()
                .ask(
                        ExamineCluster.class,
                        id("examine/%s".formatted(file.name())),
                        labels(file.name(), "examine " + file.name()),
                        Examination.class,
                        Examination.class,
                        file);
    }

    /** Its templates, after approving one if an approval is given. */
    @SuppressWarnings("unchecked")
    List<Template> templates(ClusterName cluster, Optional<Long> image, Optional<Approval> approval) {
        return session.starts()
                .ask(
                        Templates.class,
                        id("templates/%s".formatted(cluster)),
                        labels(cluster, "templates of " + cluster),
                        List.class,
                        TEMPLATES,
                        cluster,
                        image,
                        approval);
    }

    /** An id of its own for each look: looks do not lock each other out. */
    static String id(String beginning) {
        return beginning + "/" + new NodeNames(new SecureRandom()).suffix();
    }

    static Starts.Labels labels(ClusterName cluster, String summary) {
        SearchAttributes attributes = SearchAttributes.newBuilder()
                .set(Names.CLUSTER, cluster.value())
                .build();
        return new Starts.Labels(attributes, summary, "");
    }

    /** The type of a list, for the converter. */
    private record ListOf(Class<?> element) implements ParameterizedType {
        @Override
        public Type[] getActualTypeArguments() {
            return new Type[] {element};
        }

        @Override
        public Type getRawType() {
            return List.class;
        }

        @Override
        public @org.jspecify.annotations.Nullable Type getOwnerType() {
            return null;
        }
    }
}
