package dev.sluice.acceptance.harness;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Gives tests the lab of this JVM with two app servers and two proxies in service. */
public final class ServingClusterExtension extends SharedLabExtension implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
        cluster(context).ensureTwoOfEach();
    }
}
