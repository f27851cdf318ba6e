package org.scorebook.score;

import static org.scorebook.aten.Autograd.times;

import ai.djl.ndarray.NDArray;

/**
 * What a network predicts at {@code x = alpha x_0 + sigma eps}: its target in training, and the data it stands for.
 *
 * <p>Source: Salimans and Ho, Progressive Distillation (2022), section 4; Liu, Gong, Liu, Flow Straight and Fast (2023).
 */
public enum Parameterization {
    /** The noise eps, as in DDPM. The data behind it is {@code (x - sigma eps) / alpha}; alpha must be above 0. */
    NOISE {
        @Override
        public NDArray target(NDArray data, NDArray noise, NDArray alpha, NDArray sigma) {
            return noise;
        }

        @Override
        NDArray data(NDArray output, NDArray x, double alpha, double sigma) {
            return times(x.sub(times(output, sigma)), 1 / positive(alpha));
        }
    },

    /** The data x_0. */
    DATA {
        @Override
        public NDArray target(NDArray data, NDArray noise, NDArray alpha, NDArray sigma) {
            return data;
        }

        @Override
        NDArray data(NDArray output, NDArray x, double alpha, double sigma) {
            return output;
        }
    },

    /**
     * {@code v = alpha eps - sigma x_0}. The data behind it is {@code (alpha x - sigma v) / (alpha^2 + sigma^2)}, where the
     * divisor is 1 for a variance-preserving schedule.
     */
    VELOCITY {
        @Override
        public NDArray target(NDArray data, NDArray noise, NDArray alpha, NDArray sigma) {
            return noise.mul(alpha).sub(data.mul(sigma));
        }

        @Override
        NDArray data(NDArray output, NDArray x, double alpha, double sigma) {
            return times(times(x, alpha).sub(times(output, sigma)), 1 / (alpha * alpha + sigma * sigma));
        }
    },

    /** The score, {@code -eps / sigma} on average. The data behind it is {@code (x + sigma^2 s) / alpha}. */
    SCORE {
        @Override
        public NDArray target(NDArray data, NDArray noise, NDArray alpha, NDArray sigma) {
            return noise.div(sigma).neg();
        }

        @Override
        NDArray data(NDArray output, NDArray x, double alpha, double sigma) {
            return times(x.add(times(output, sigma * sigma)), 1 / positive(alpha));
        }
    },

    /** {@code eps - x_0}, the velocity of the straight path. The data behind it is {@code (x - sigma u) / (alpha + sigma)}. */
    FLOW {
        @Override
        public NDArray target(NDArray data, NDArray noise, NDArray alpha, NDArray sigma) {
            return noise.sub(data);
        }

        @Override
        NDArray data(NDArray output, NDArray x, double alpha, double sigma) {
            return times(x.sub(times(output, sigma)), 1 / (alpha + sigma));
        }
    };

    /**
     * What the network should give.
     *
     * @param data x_0, of shape (B, ...)
     * @param noise eps, of the same shape
     * @param alpha of shape (B, 1, ...), so that it fits onto the data
     * @param sigma likewise
     */
    public abstract NDArray target(NDArray data, NDArray noise, NDArray alpha, NDArray sigma);

    /** The data that an output stands for, at points x of one time. */
    abstract NDArray data(NDArray output, NDArray x, double alpha, double sigma);

    private static double positive(double alpha) {
        if (!(alpha > 0)) {
            throw new IllegalArgumentException("t must be a time with alpha above 0, where data is left, but alpha is "
                    + alpha + ": let the time grid start a little before, or predict DATA, VELOCITY or FLOW");
        }
        return alpha;
    }
}
