package org.scorebook.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.scorebook.recipe.ShippedModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code scorebook models}. */
@Command(
        name = "models",
        description = "List the trained networks that ship with Scorebook; sample and evaluate take their names.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ${ROOT-COMMAND-NAME} models",
            "  ${ROOT-COMMAND-NAME} sample fashion-mnist --classes bag --number 16",
            "",
            "IMAGE is channels x height x width in pixels, STEPS those of the training, FILE the size of the weights.",
            "In Java: TrainedModel.pretrained(name, manager)."
        })
final class Models implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        List<ShippedModel> all = ShippedModel.all();
        int width = all.stream().mapToInt(model -> model.name().length()).max().orElse(0);
        String row = "%-" + width + "s  %-9s  %-13s  %-11s  %10s  %6s  %7s%n";
        PrintWriter out = spec.commandLine().getOut();
        out.printf(row, "NAME", "KIND", "DATA", "IMAGE", "PARAMETERS", "STEPS", "FILE");
        for (ShippedModel model : all) {
            String image = model.image().get(0) + " x " + model.image().get(1) + " x "
                    + model.image().get(2);
            String size = String.format(Locale.ROOT, "%.1f MB", model.bytes() / 1e6);
            out.printf(
                    row,
                    model.name(),
                    model.kind(),
                    model.config().data(),
                    image,
                    model.parameters(),
                    model.steps(),
                    size);
        }
        return 0;
    }
}
