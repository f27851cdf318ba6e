package org.scorebook.aten;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** TorchScript files for tests, as other people's networks would come. */
public final class ScriptFile {
    private ScriptFile() {}

    /**
     * Writes a network without parameters.
     *
     * @param name of its class, and of the file with {@code .pt}
     * @param methods as for {@link AtenModule#of}
     */
    public static Path write(Path folder, String name, String methods) throws IOException {
        String source = "class " + name + "(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n"
                + methods.replace("(self,", "(self: __torch__." + name + ",").indent(2);
        return Files.write(folder.resolve(name + ".pt"), TorchArchive.write(name, source));
    }
}
