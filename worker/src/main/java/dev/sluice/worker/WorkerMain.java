package dev.sluice.worker;

import java.io.PrintStream;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;

/** Starts a worker; prints all errors and exits with 2 if its settings are invalid. */
public final class WorkerMain {
    private WorkerMain() {}

    public static void main(String[] arguments) {
        int exit = start(System.getenv(), System.err);
        if (exit != 0) {
            System.exit(exit);
        }
    }

    /** Returns 0 once the worker has started, 2 if its settings are invalid. */
    static int start(Map<String, String> environment, PrintStream err) {
        WorkerSettings settings;
        try {
            settings = new WorkerSettingsReader(environment).read();
        } catch (IllegalArgumentException wrong) {
            err.println(wrong.getMessage());
            return 2;
        }
        new SpringApplicationBuilder(WorkerConfiguration.class)
                .bannerMode(Banner.Mode.OFF)
                .properties("server.port=" + settings.port())
                .initializers(withSettings(settings))
                .run();
        return 0;
    }

    private static ApplicationContextInitializer<GenericApplicationContext> withSettings(WorkerSettings settings) {
        return context -> context.registerBean(WorkerSettings.class, () -> settings);
    }
}
