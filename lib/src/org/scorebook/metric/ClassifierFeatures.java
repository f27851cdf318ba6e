package org.scorebook.metric;

import ai.djl.ndarray.NDArray;
import org.scorebook.aten.Torch;
import org.scorebook.base.Require;
import org.scorebook.model.Classifier;
import org.scorebook.weights.Fingerprint;

/**
 * The features before the last layer of a classifier that was trained on images from -1 to 1 of the same kind. Inception was
 * trained on photographs; for small grey images its features mean less than these.
 *
 * @param name of the trained classifier
 * @param classifier which stays its owner's
 */
public record ClassifierFeatures(String name, Classifier classifier) implements FeatureExtractor {
    public ClassifierFeatures {
        Require.given("name", name);
        Require.given("classifier", classifier);
    }

    @Override
    public String fingerprint() {
        return Fingerprint.of(classifier.state());
    }

    @Override
    public int dimension() {
        return classifier.dimension();
    }

    @Override
    public NDArray features(NDArray images) {
        return Torch.untracked(() -> classifier.features(images));
    }
}
