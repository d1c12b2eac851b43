package dev.sluice.starter.session;

import dev.sluice.starter.temporal.RunStarter;
import dev.sluice.workflows.ExamineCluster;
import dev.sluice.workflows.ExamineCluster.ClusterExamination;
import dev.sluice.workflows.ShowAccount;
import dev.sluice.workflows.ShowCluster;
import dev.sluice.workflows.ShowCluster.ClusterReport;
import dev.sluice.workflows.SluiceAttributes;
import dev.sluice.workflows.Templates;
import dev.sluice.workflows.model.cluster.Approval;
import dev.sluice.workflows.model.cluster.CloudAccount;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.cluster.Template;
import dev.sluice.workflows.model.plan.ChangePlan;
import io.temporal.common.SearchAttributes;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/** Starts short runs that read the account or the cluster, and returns their results. */
public final class ShortRuns {
    private static final Type TEMPLATES = new ListType(Template.class);

    private final CliSession session;

    public ShortRuns(CliSession session) {
        this.session = session;
    }

    /** Returns the cluster's current state. */
    public ClusterReport showCluster(ClusterFile file) {
        return show(file, file);
    }

    /** Returns the cluster's current state and the reasons that would refuse the plan. */
    public ClusterReport previewChange(ChangePlan plan) {
        return show(plan.file(), plan.file(), plan);
    }

    private ClusterReport show(ClusterFile file, Object... input) {
        return session.starts()
                .runReadOnly(
                        ShowCluster.class,
                        uniqueId("show/%s".formatted(file.name())),
                        labels(file.name(), "show " + file.name()),
                        ClusterReport.class,
                        ClusterReport.class,
                        input);
    }

    /** Returns the account's quota and resources. */
    public CloudAccount showAccount() {
        RunStarter.RunLabels labels =
                new RunStarter.RunLabels(SearchAttributes.newBuilder().build(), "show the account", "");
        return session.starts()
                .runReadOnly(ShowAccount.class, uniqueId("account"), labels, CloudAccount.class, CloudAccount.class);
    }

    /** Returns the state of each link that a deployment of the cluster needs. */
    public ClusterExamination examineCluster(ClusterFile file) {
        return session.starts()
                .runReadOnly(
                        ExamineCluster.class,
                        uniqueId("examine/%s".formatted(file.name())),
                        labels(file.name(), "examine " + file.name()),
                        ClusterExamination.class,
                        ClusterExamination.class,
                        file);
    }

    /** Returns the cluster's templates, after approving the image if an approval is given. */
    @SuppressWarnings("unchecked")
    public List<Template> templates(ClusterName cluster, Optional<Long> image, Optional<Approval> approval) {
        return session.starts()
                .runReadOnly(
                        Templates.class,
                        uniqueId("templates/%s".formatted(cluster)),
                        labels(cluster, "templates of " + cluster),
                        List.class,
                        TEMPLATES,
                        cluster,
                        image,
                        approval);
    }

    /** Returns a new ID with that prefix, so that short runs do not lock each other out. */
    public static String uniqueId(String prefix) {
        return prefix + "/" + new NodeNaming(new SecureRandom()).suffix();
    }

    public static RunStarter.RunLabels labels(ClusterName cluster, String summary) {
        SearchAttributes attributes = SearchAttributes.newBuilder()
                .set(SluiceAttributes.CLUSTER, cluster.value())
                .build();
        return new RunStarter.RunLabels(attributes, summary, "");
    }

    /** The type of a list, for the data converter. */
    private record ListType(Class<?> element) implements ParameterizedType {
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
