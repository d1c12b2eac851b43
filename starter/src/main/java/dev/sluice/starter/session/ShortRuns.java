package dev.sluice.starter.session;

import dev.sluice.starter.temporal.RunStarter;
import dev.sluice.workflows.ExamineCluster;
import dev.sluice.workflows.ExamineCluster.ClusterExamination;
import dev.sluice.workflows.ShowAccount;
import dev.sluice.workflows.ShowCluster;
import dev.sluice.workflows.ShowCluster.ClusterReport;
import dev.sluice.workflows.Templates;
import dev.sluice.workflows.WorkflowIds;
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

/** Short runs: a worker looks, or nudges, and answers. */
public final class ShortRuns {
    private static final Type TEMPLATES = new ListType(Template.class);

    private final CliSession session;

    public ShortRuns(CliSession session) {
        this.session = session;
    }

    /** The cluster as it is now. */
    public ClusterReport showCluster(ClusterFile file) {
        return look(file, file);
    }

    /** The same, and whether that plan could be carried out. */
    public ClusterReport previewChange(ChangePlan plan) {
        return look(plan.file(), plan.file(), plan);
    }

    private ClusterReport look(ClusterFile file, Object... input) {
        return session.starts()
                .runReadOnly(
                        ShowCluster.class,
                        uniqueId("show/%s".formatted(file.name())),
                        labels(file.name(), "look at " + file.name()),
                        ClusterReport.class,
                        ClusterReport.class,
                        input);
    }

    /** What the account holds. */
    public CloudAccount showAccount() {
        RunStarter.RunLabels labels =
                new RunStarter.RunLabels(SearchAttributes.newBuilder().build(), "look at the account", "");
        return session.starts()
                .runReadOnly(ShowAccount.class, uniqueId("account"), labels, CloudAccount.class, CloudAccount.class);
    }

    /** Each link that a deployment of the cluster hangs on. */
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

    /** Its templates, after approving one if an approval is given. */
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

    /** An id of its own for each look: looks do not lock each other out. */
    public static String uniqueId(String beginning) {
        return beginning + "/" + new NodeNaming(new SecureRandom()).suffix();
    }

    public static RunStarter.RunLabels labels(ClusterName cluster, String summary) {
        SearchAttributes attributes = SearchAttributes.newBuilder()
                .set(WorkflowIds.CLUSTER, cluster.value())
                .build();
        return new RunStarter.RunLabels(attributes, summary, "");
    }

    /** The type of a list, for the converter. */
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
