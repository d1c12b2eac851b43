package dev.sluice.workflows;

import dev.sluice.workflows.model.cluster.Approval;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.cluster.Template;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.List;
import java.util.Optional;

/** Lists the templates of a cluster, after approving one of them if an approval is given. Short. */
@WorkflowInterface
public interface Templates {
    @WorkflowMethod
    List<Template> run(ClusterName cluster, Optional<Long> image, Optional<Approval> approval);
}
