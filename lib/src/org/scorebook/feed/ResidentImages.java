package org.scorebook.feed;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.scorebook.aten.NativeProgram;
import org.scorebook.aten.Torch;
import org.scorebook.data.ImageSet;

/**
 * Images that lie on a device, one byte a value, where batches are gathered from them: of a batch only the numbers of its rows go
 * there, and nothing waits for it.
 */
final class ResidentImages implements AutoCloseable {
    /** The divisor is an array of the device: by a number of the host a GPU multiplies with its reciprocal, which rounds otherwise. */
    private static final String GATHER = """
            def run(self, places: Tensor, images: Tensor) -> List[Tensor]:
              here = torch.to(places, ops.prim.device(images), 4, True, False, None)
              taken = torch.index_select(images, 0, torch.select(here, 0, 0))
              mirrored = torch.reshape(torch.gt(torch.select(here, 0, 1), 0), [-1, 1, 1, 1])
              turned = torch.where(mirrored, torch.flip(taken, [3]), taken)
              values = torch.to(turned, 6, False, False, None)
              return [torch.sub(torch.div(values, torch.new_full(values, [], 127.5)), 1)]
            """;

    private final NDArray images;

    /** @param manager on whose device they lie */
    ResidentImages(ImageSet set, NDManager manager) {
        images = set.bytes(manager);
    }

    /**
     * Images as {@link ImageSet#images} gives them, some mirrored.
     *
     * @param manager owner of the array
     * @param mirrored one for each row
     * @return of shape (B, C, H, W)
     */
    NDArray images(NDManager manager, int[] rows, boolean... mirrored) {
        long[] places = new long[2 * rows.length];
        for (int i = 0; i < rows.length; i++) {
            places[i] = rows[i];
            places[rows.length + i] = mirrored[i] ? 1 : 0;
        }
        try (NDManager host = manager.newSubManager(Device.cpu())) {
            NDList inputs = new NDList(host.create(places, new Shape(2, rows.length)), images);
            NDArray batch =
                    Torch.untracked(() -> NativeProgram.run(GATHER, inputs)).singletonOrThrow();
            batch.attach(manager);
            return batch;
        }
    }

    @Override
    public void close() {
        images.close();
    }
}
