package org.scorebook.metric;

import java.util.Locale;
import java.util.Optional;
import org.scorebook.base.Require;

/**
 * A distance of features with what it cannot be compared without: which network's features, against which images, and of how
 * many. Values of different extractors, splits or sizes say nothing about each other.
 *
 * @param distance the value, with the sizes of the generated set (first) and the reference (second)
 * @param extractor name of the network that gives the features
 * @param dimension D, how many features an image has
 * @param split name of the reference images, for instance {@code fashion-mnist/test}
 */
public record FeatureDistance(Distance distance, String extractor, int dimension, String split) {
    /** Vectors for each feature below which a set is called small. */
    private static final int FEW = 10;

    public FeatureDistance {
        Require.given("extractor", extractor);
        Require.given("split", split);
        Require.given("distance", distance);
        if (extractor.isBlank() || split.isBlank()) {
            throw new IllegalArgumentException(
                    "extractor and split must have a name, but are \"" + extractor + "\" and \"" + split + "\"");
        }
        Require.atLeast("dimension", dimension, 1);
    }

    /**
     * The Fréchet distance of two sets with its surroundings.
     *
     * @param generated features of the generated images, at least 2
     * @param reference features of the images of the split, at least 2
     * @throws IllegalArgumentException as {@link FrechetDistance#between}
     */
    public static FeatureDistance frechet(
            FeatureStatistics generated, FeatureStatistics reference, String extractor, String split) {
        Require.given("generated", generated);
        Require.given("reference", reference);
        return new FeatureDistance(
                FrechetDistance.between(generated, reference), extractor, generated.dimension(), split);
    }

    /** The distance itself. */
    public double value() {
        return distance.value();
    }

    /**
     * A sentence where a set is smaller than 10 D. The Fréchet distance of samples is too large, because the spread of their
     * covariance counts as a difference: for Gaussian features each set of N adds at most about {@code (D + 5) / (4 N)} times
     * the sum of the features' variances (all of that where the variances are equal), 2.5 % at N = 10 D, and 100 % at
     * N = D/4. For Inception, D = 2048, that is 20,480 images; its authors ask for 10,000 at the very least, and papers take
     * 50,000.
     *
     * <p>Source: Heusel et al. (2017), whose code asks for 10,000; Bińkowski et al., Demystifying MMD GANs (2018), on the bias;
     * Chong and Forsyth, Effectively Unbiased FID and Inception Score (2020). The bound is our own expansion to
     * second order.
     */
    public Optional<String> warning() {
        long least = Math.min(distance.first(), distance.second());
        if (least >= (long) FEW * dimension) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "%d images are few for %d features: the distance is too large by an amount that depends on the number, so"
                        + " compare it only with distances of as many images, and take %d or more for one that stands alone.",
                least,
                dimension,
                (long) FEW * dimension));
    }

    /** For instance {@code 3.142 (N = 10000 and 10000, 128 features of classifier, against fashion-mnist/test)}. */
    @Override
    public String toString() {
        return distance.toString().replaceAll("\\)$", "") + ", " + dimension + " features of " + extractor
                + ", against " + split + ")";
    }
}
