package org.scorebook.config;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What the tables say in help texts. */
public final class HelpText {
    private HelpText() {}

    /** Puts it where a text has a name for it: {@code ${objectives}}, {@code ${schedules}} or {@code ${samplers}}. */
    static String fill(String text) {
        return text.replace("${objectives}", objectives())
                .replace("${schedules}", ranged())
                .replace("${samplers}", special());
    }

    private static String objectives() {
        return Arrays.stream(ObjectiveKind.values())
                .map(objective -> objective + ": " + objective.help())
                .collect(Collectors.joining("; "));
    }

    private static String ranged() {
        return Choice.words(Choice.those(ScheduleKind.values(), ScheduleKind::isRanged), "and");
    }

    /** The samplers, those apart that are for other models than most. */
    public static String samplers() {
        return SamplerKind.serving(ModelKind.DIFFUSION).stream()
                        .map(SamplerKind::key)
                        .collect(Collectors.joining(", "))
                + "; " + special();
    }

    /** The samplers that usually take all time steps. */
    public static String samplersOfAllSteps() {
        return Choice.words(Choice.those(SamplerKind.values(), SamplerKind::takesAll), "and");
    }

    private static String special() {
        return Choice.those(SamplerKind.values(), s -> !s.fits().contains(ModelKind.DIFFUSION)).stream()
                .map(s -> s + " for " + grounds(s) + ", and only for these")
                .collect(Collectors.joining("; "));
    }

    private static String grounds(Choice choice) {
        return Choice.words(choice.fits().stream().map(ModelKind::ground).toList(), "and");
    }
}
