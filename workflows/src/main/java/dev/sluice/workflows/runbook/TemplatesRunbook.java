package dev.sluice.workflows.runbook;

import dev.sluice.workflows.Templates;
import dev.sluice.workflows.model.Approval;
import dev.sluice.workflows.model.ClusterName;
import dev.sluice.workflows.model.Template;
import java.util.List;
import java.util.Optional;

/** See docs/runbooks/templates.md. */
final class TemplatesRunbook implements Templates {
    private final Patience patience;

    TemplatesRunbook(Patience patience) {
        this.patience = patience;
    }

    @Override
    public List<Template> run(ClusterName cluster, Optional<Long> image, Optional<Approval> approval) {
        if (image.isPresent() && approval.isPresent()) {
            Reach.cloud(patience.brief(), "approve %d".formatted(image.get()))
                    .approveTemplate(cluster, image.get(), approval.get());
        }
        return Reach.cloud(patience.brief(), "templates of %s".formatted(cluster))
                .listTemplates(cluster);
    }
}
