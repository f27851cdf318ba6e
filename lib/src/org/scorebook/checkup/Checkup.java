package org.scorebook.checkup;

import java.util.LinkedHashMap;
import java.util.Map;

/** All examinations, in the order to be done. */
public final class Checkup {
    private Checkup() {}

    /** Those of this machine, by what they look at. */
    public static Map<String, Examination> ofThisMachine() {
        Map<String, Examination> all = new LinkedHashMap<>();
        all.put("Java", MachineExaminations::java);
        all.put("Machine", MachineExaminations::machine);
        all.put("Disk", MachineExaminations::disk);
        all.put("Fonts", MachineExaminations::fonts);
        all.put("Jupyter", JupyterExamination::jupyter);
        all.put("Engine", EngineExaminations::engine);
        all.put("Training", EngineExaminations::training);
        return all;
    }
}
