package org.scorebook.train;

import static org.scorebook.aten.Autograd.times;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import org.scorebook.aten.ArrayChecks;
import org.scorebook.aten.Recorded;
import org.scorebook.score.EnergyFunction;

/** The loss of {@link ContrastiveDivergence} for points of the data and points that the energy has drawn, and its two sides. */
public final class ContrastiveTerm implements LossTerm<EnergyFunction> {
    private final NDArray positives;
    private final NDArray negatives;
    private final double alpha;
    private double dataEnergy = Double.NaN;
    private double modelEnergy = Double.NaN;

    ContrastiveTerm(NDArray positives, NDArray negatives, double alpha) {
        this.positives = positives;
        this.negatives = negatives;
        this.alpha = alpha;
    }

    @Override
    public NDArray of(EnergyFunction energy) {
        NDArray points = positives.concat(negatives);
        NDList energies = ArrayChecks.onePerPoint("energy", energy.energy(points), points)
                .split(new long[] {positives.getShape().get(0)});
        NDArray up = energies.get(0);
        NDArray down = energies.get(1);
        NDArray dataMean = up.mean();
        NDArray modelMean = down.mean();
        Recorded.whenKnown(dataMean, mean -> dataEnergy = number(mean));
        Recorded.whenKnown(modelMean, mean -> modelEnergy = number(mean));
        NDArray gap = dataMean.sub(modelMean);
        return alpha == 0
                ? gap
                : gap.add(times(up.square().mean().add(down.square().mean()), alpha));
    }

    private static double number(NDArray scalar) {
        return scalar.toType(DataType.FLOAT64, false).getDouble();
    }

    /** x+, the data as the energy sees them, with their noise. */
    public NDArray positives() {
        return positives;
    }

    /** x-, the ends of the chains. */
    public NDArray negatives() {
        return negatives;
    }

    /** The mean energy of the data when the loss was last computed; NaN before. */
    public double dataEnergy() {
        return dataEnergy;
    }

    /** The mean energy of the chains' ends when the loss was last computed; NaN before. */
    public double modelEnergy() {
        return modelEnergy;
    }

    /** {@code mean E(x+) - mean E(x-)}: around 0 while data and chains look alike to the energy. */
    public double gap() {
        return dataEnergy - modelEnergy;
    }
}
