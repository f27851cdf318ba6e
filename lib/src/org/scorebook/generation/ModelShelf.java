package org.scorebook.generation;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.scorebook.aten.Torch;
import org.scorebook.base.Require;
import org.scorebook.folder.ModelSource;
import org.scorebook.machine.Devices;
import org.scorebook.recipe.TrainedModel;
import org.scorebook.train.Checkpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The models on a device that were drawn from last, in its memory. Only a {@link Generator}'s thread touches them. */
public final class ModelShelf {
    private static final Logger LOG = LoggerFactory.getLogger(ModelShelf.class);
    private static final int KEPT = 3;

    /** On a CPU 4 images cost little more than 1, and 16 at once less than 4 times 4. */
    private static final List<Integer> CPU_TILES = List.of(4, 16);

    private static final List<Integer> GPU_TILES = List.of(32);
    private static final long SHIPPED = -1;

    private final String device;
    private final Map<Key, LoadedModel> models = new LinkedHashMap<>(16, 0.75f, true);
    private NDManager manager;

    /** @param step of the newest checkpoint: a run that trains on has another model */
    private record Key(ModelSource source, long step) {}

    /**
     * Loads neither the engine nor a model yet.
     *
     * @param device as {@link Devices#resolve} takes it, such as {@code auto}, {@code cpu}, {@code cuda:0}
     */
    public ModelShelf(String device) {
        this.device = Require.given("device", device);
    }

    /** Of the device. */
    NDManager manager() {
        if (manager == null) {
            manager = Torch.manager(1, Devices.resolve(device));
        }
        return manager;
    }

    /** A source's newest model. */
    LoadedModel get(ModelSource source) throws IOException {
        while (true) {
            long newest = newest(source);
            LoadedModel known = models.get(new Key(source, newest));
            if (known != null) {
                return known;
            }
            try {
                return load(source, newest);
            } catch (IOException e) {
                if (newest == newest(source)) { // else a training has deleted it for a newer one
                    throw e;
                }
            }
        }
    }

    private static long newest(ModelSource source) throws IOException {
        return source instanceof ModelSource.Folder folder
                ? Checkpoint.open(folder.path()).step()
                : SHIPPED;
    }

    /** Where the newest checkpoint is damaged, an older one stands for it. */
    private LoadedModel load(ModelSource source, long newest) throws IOException {
        TrainedModel model = source.load(manager(), LOG::warn);
        LoadedModel loaded = new LoadedModel(model, manager().getDevice().isGpu() ? GPU_TILES : CPU_TILES);
        models.put(new Key(source, newest), loaded);
        return loaded;
    }

    /** Frees those that were not asked for longest, where there are many and they are not in use. */
    void trim(Set<LoadedModel> used) {
        Iterator<LoadedModel> oldest = models.values().iterator();
        while (models.size() > KEPT && oldest.hasNext()) {
            LoadedModel model = oldest.next();
            if (!used.contains(model)) {
                oldest.remove();
                model.close();
            }
        }
    }

    /** Frees all. */
    void close() {
        models.clear();
        if (manager != null) {
            manager.close(); // and with it the models
        }
    }
}
