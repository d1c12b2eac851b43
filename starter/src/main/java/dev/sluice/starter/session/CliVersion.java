package dev.sluice.starter.session;

import picocli.CommandLine.IVersionProvider;

/** The version that the jar's manifest names. */
public final class CliVersion implements IVersionProvider {
    /** As workers tell theirs. */
    public static String number() {
        String version = CliVersion.class.getPackage().getImplementationVersion();
        return version == null ? "from-class-files" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"sluice " + number()};
    }
}
