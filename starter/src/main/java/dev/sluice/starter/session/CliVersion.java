package dev.sluice.starter.session;

import picocli.CommandLine.IVersionProvider;

/** Reads the version from the jar's manifest. */
public final class CliVersion implements IVersionProvider {
    /** Returns the version in the form that workers report. */
    public static String number() {
        String version = CliVersion.class.getPackage().getImplementationVersion();
        return version == null ? "from-class-files" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"sluice " + number()};
    }
}
