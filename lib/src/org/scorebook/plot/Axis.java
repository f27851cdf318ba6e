package org.scorebook.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.scorebook.base.Require;

/**
 * A number axis.
 *
 * @param title the quantity's symbol, with its unit where it has one
 * @param from finite
 * @param to above from
 */
public record Axis(String title, double from, double to) {
    public Axis {
        Require.given("title", title);
        if (!(from < to && Double.isFinite(from) && Double.isFinite(to))) {
            throw new IllegalArgumentException(
                    "from must be below to, and both finite, but they are " + from + " and " + to);
        }
    }

    /** Where a value lies: 0 at from, 1 at to. */
    double share(double value) {
        return (value - from) / (to - from);
    }

    /** Round numbers within the axis, about as many as wanted. */
    List<Double> ticks(int wanted) {
        double rough = (to - from) / wanted;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double digit = rough / power;
        double step = power * (digit < 1.5 ? 1 : digit < 3.5 ? 2 : digit < 7.5 ? 5 : 10);
        List<Double> ticks = new ArrayList<>();
        for (long k = (long) Math.ceil(from / step - 1e-9); k * step <= to + 1e-9 * step; k++) {
            ticks.add(k * step + 0.0);
        }
        return ticks;
    }

    /** A tick's number without the noise of binary fractions. */
    static String label(double tick) {
        String text = String.format(Locale.ROOT, "%.6g", tick);
        return text.replaceAll("(\\.\\d*?)0+(?=e|$)", "$1").replaceAll("\\.(?=e|$)", "");
    }
}
