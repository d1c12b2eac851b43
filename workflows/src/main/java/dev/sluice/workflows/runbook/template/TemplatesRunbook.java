package dev.sluice.workflows.runbook.template;

import dev.sluice.workflows.Templates;
import dev.sluice.workflows.model.cluster.Approval;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.cluster.Template;
import dev.sluice.workflows.runbook.run.ActivityStubs;
import dev.sluice.workflows.runbook.run.Patience;
import java.util.List;
import java.util.Optional;

/** See docs/runbooks/templates.md. */
public final class TemplatesRunbook implements Templates {
    private final Patience patience;

    public TemplatesRunbook(Patience patience) {
        this.patience = patience;
    }

    @Override
    public List<Template> run(ClusterName cluster, Optional<Long> image, Optional<Approval> approval) {
        if (image.isPresent() && approval.isPresent()) {
            ActivityStubs.cloud(patience.shortCall(), "approve %d".formatted(image.get()))
                    .approveTemplate(cluster, image.get(), approval.get());
        }
        return ActivityStubs.cloud(patience.shortCall(), "templates of %s".formatted(cluster))
                .listTemplates(cluster);
    }
}
