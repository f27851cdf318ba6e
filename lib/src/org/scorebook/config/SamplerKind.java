package org.scorebook.config;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.scorebook.base.Require;
import org.scorebook.process.DiscreteSchedule;
import org.scorebook.process.TimeGrid;
import org.scorebook.sample.AnnealedLangevin;
import org.scorebook.sample.Ddim;
import org.scorebook.sample.Ddpm;
import org.scorebook.sample.DpmSolver;
import org.scorebook.sample.EnergyLangevin;
import org.scorebook.sample.Heun;
import org.scorebook.sample.Sampler;

/** The table of samplers: each with how it is made for the kinds of models that it serves. */
public enum SamplerKind implements Choice {
    DDPM("back along the steps of the noise, with new noise in each", onTimeSteps(new Ddpm(Ddpm.Variance.SMALL))) {
        @Override
        public int usualSteps(int timesteps) {
            return timesteps;
        }
    },
    DDIM("the same steps or fewer, without new noise", onTimeSteps(new Ddim(0))),
    HEUN("the probability-flow ODE by Heun's method; two evaluations a step", onTimeSteps(new Heun())) {
        @Override
        public TimeGrid grid(DiscreteSchedule schedule, int steps) {
            return steps > 1 ? TimeGrid.karras(schedule, steps) : super.grid(schedule, steps);
        }
    },
    DPM_SOLVER("DPM-Solver++ (2M): order 2 with one evaluation a step", onTimeSteps(new DpmSolver())),
    LANGEVIN(
            "Langevin steps: some at each noise level, or the chains that an energy is trained with",
            new Way(ModelKind.SCORE, (config, steps) -> new AnnealedLangevin(steps, 0.1)),
            new Way(ModelKind.ENERGY, (config, steps) -> chain(config)));

    private final String help;
    private final Map<ModelKind, Method> methods = new EnumMap<>(ModelKind.class);

    private interface Method {
        Sampler make(RunConfig config, int steps);
    }

    private record Way(ModelKind kind, Method method) {}

    private static Way onTimeSteps(Sampler sampler) {
        return new Way(ModelKind.DIFFUSION, (config, steps) -> sampler);
    }

    SamplerKind(String help, Way... ways) {
        this.help = help;
        Arrays.stream(ways).forEach(way -> methods.put(way.kind(), way.method()));
    }

    /**
     * The sampler of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static SamplerKind of(String name) {
        Require.given("name", name);
        return Arrays.stream(values())
                .filter(sampler -> sampler.key().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("sampler must be one of "
                        + String.join(", ", RunSetting.find("sampler").choices()) + ", but is " + name));
    }

    /**
     * The sampler of a configuration. Where the default one does not serve the kind of model, the first that does stands for all
     * that do not.
     */
    public static SamplerKind of(RunConfig config) {
        ModelKind kind = Require.given("config", config).objective().kind();
        SamplerKind chosen = config.sampler();
        boolean right = chosen.fits().contains(kind) || usual().fits().contains(kind);
        return right ? chosen : serving(kind).get(0);
    }

    /** What a configuration has that names none. */
    static SamplerKind usual() {
        return RunConfig.defaults().sampler();
    }

    /** Those that serve a kind of model. */
    static List<SamplerKind> serving(ModelKind kind) {
        return Choice.those(values(), sampler -> sampler.fits().contains(kind));
    }

    @Override
    public String help() {
        return help;
    }

    @Override
    public Set<ModelKind> fits() {
        return methods.keySet();
    }

    /**
     * The method, for the model of a configuration.
     *
     * @param steps as many as are wanted: of an annealed sampler at each level
     * @throws IllegalArgumentException if it does not serve this kind of model
     */
    public Sampler make(RunConfig config, int steps) {
        requireFit(config.objective().kind());
        return methods.get(config.objective().kind()).make(config, steps);
    }

    /** @throws IllegalArgumentException if it does not serve this kind of model */
    public void requireFit(ModelKind kind) {
        if (!fits().contains(kind)) {
            throw new IllegalArgumentException(
                    "sampler must be " + Choice.words(serving(kind), "or") + " for " + kind.one() + ", but is " + this);
        }
    }

    /** The times at which a sampler of time steps stops. */
    public TimeGrid grid(DiscreteSchedule schedule, int steps) {
        return TimeGrid.strided(schedule.steps(), steps);
    }

    /** How many steps suit it where nobody says. */
    public int usualSteps(int timesteps) {
        return Math.min(50, timesteps);
    }

    /** Whether it usually takes all time steps. */
    public boolean takesAll() {
        return usualSteps(Integer.MAX_VALUE) == Integer.MAX_VALUE;
    }

    /** The steps of an energy's chains. */
    public static Sampler chain(RunConfig config) {
        return new EnergyLangevin(
                Require.given("config", config).chainStepSize(),
                config.chainNoise(),
                config.chainGradientLimit(),
                -1,
                1);
    }

    @Override
    public String toString() {
        return key();
    }
}
