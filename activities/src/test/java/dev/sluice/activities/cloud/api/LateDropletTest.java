package dev.sluice.activities.cloud.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activities.cloud.DigitalOceanCloudActivities;
import dev.sluice.activities.cloud.LabFixture;
import dev.sluice.workflows.model.node.DropletId;
import dev.sluice.workflows.model.node.NodeRef;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** A create that takes effect between the last count of a run's tag and the tag's deletion, which takes it off again. */
class LateDropletTest {
    private static final NodeRef APP = LabFixture.node("hello-app-1", "run-1");
    private static final String TAGS = "\"sluice\",\"cluster:hello\",\"role:app\",\"state:deploying\",\"run:run-1\"";

    /** The lab's cloud, where that happens just before the next tag is deleted. */
    private static CloudApi beforeATagGoes(LabFixture lab, Queue<Runnable> events) {
        return (CloudApi) Proxy.newProxyInstance(
                CloudApi.class.getClassLoader(), new Class<?>[] {CloudApi.class}, (self, call, with) -> {
                    if (call.getName().equals("deleteTag") && !events.isEmpty()) {
                        events.remove().run();
                    }
                    try {
                        return call.invoke(lab.cloud, with);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
    }

    @Test
    void isDestroyedWithItsTag() throws IOException {
        try (LabFixture lab = new LabFixture()) {
            lab.steps.createBase(LabFixture.base(APP));
            Queue<Runnable> events = new ArrayDeque<>();
            events.add(() -> lab.foreign("hello-app-1", TAGS));
            CloudApi cloud = beforeATagGoes(lab, events);
            DigitalOceanCloudActivities steps =
                    new DigitalOceanCloudActivities(cloud, lab.cloud.catalog(), node -> "", lab.heart, lab.clock);

            List<DropletId> destroyed = steps.destroyDroplet(APP, null);

            assertThat(events).as("it came").isEmpty();
            assertThat(destroyed).hasSize(2);
            assertThat(lab.idsOf("hello-app-1")).isEmpty();
            assertThat(lab.cloud.tagCount("run:run-1")).isEmpty();
        }
    }
}
