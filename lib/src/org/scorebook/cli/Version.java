package org.scorebook.cli;

import org.scorebook.base.LibraryVersion;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"Scorebook " + LibraryVersion.text()};
    }
}
