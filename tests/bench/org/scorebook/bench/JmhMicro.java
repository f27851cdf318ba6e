package org.scorebook.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.scorebook.aten.EngineMicro;
import org.scorebook.process.ScheduleMicro;

/** Single calls, measured by JMH in a process for each. */
final class JmhMicro {
    private static final int WARMUPS = 3;
    private static final int ITERATIONS = 5;

    private JmhMicro() {}

    /** How long each takes. */
    static List<Figure> figures() throws RunnerException {
        TimeValue second = TimeValue.seconds(1);
        OptionsBuilder options = new OptionsBuilder();
        options.include(EngineMicro.class.getName())
                .include(ScheduleMicro.class.getName())
                .mode(Mode.AverageTime)
                .forks(1)
                .warmupIterations(WARMUPS)
                .warmupTime(second)
                .measurementIterations(ITERATIONS)
                .measurementTime(second)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        Collection<RunResult> results = new Runner(options).run();
        List<Figure> figures = new ArrayList<>();
        results.forEach(result -> figures.add(figure(result)));
        figures.sort(Comparator.comparing(Figure::name));
        return figures;
    }

    private static Figure figure(RunResult result) {
        String method = result.getParams().getBenchmark();
        double[] seconds = {result.getPrimaryResult().getScore()};
        String name = "micro-" + method.substring(method.lastIndexOf('.') + 1);
        Turns turns = new Turns(new Pairs(seconds, new double[0]), new long[] {0}, new double[] {0});
        return turns.figure(name, "", 0, 1, Double.NaN);
    }
}
