package org.scorebook.view;

import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.knowm.xchart.internal.chartpart.Chart;
import org.scorebook.plot.Charts;
import tech.tablesaw.api.Table;

/**
 * Shows a table or chart that is a cell's last value. A kernel of JJava's line, such as Scorebook's, finds this class as a
 * service of its interface; no other code refers to it, so that nothing else needs a kernel's classes.
 */
public final class KernelExtension implements Extension {
    private static final int MOST_ROWS = 50;
    private static final int SHOWN_ROWS = 20;

    /** Called by the service loader. */
    public KernelExtension() {}

    @Override
    public void install(BaseKernel kernel) {
        Renderer renderer = kernel.getRenderer();
        renderer.createRegistration(Table.class)
                .preferring(MIMEType.TEXT_HTML)
                .register((table, context) -> show(table, context.getOutputContainer()));
        renderer.createRegistration(Chart.class)
                .preferring(MIMEType.IMAGE_PNG)
                .register((chart, context) -> context.getOutputContainer()
                        .assign(context.getRenderer().render(Charts.picture(chart))));
    }

    private static void show(Table table, DisplayData out) {
        out.putText(table.toString());
        out.putHTML(
                table.rowCount() <= MOST_ROWS
                        ? HtmlTable.of(table)
                        : HtmlTable.of(table.first(SHOWN_ROWS)) + "<p>The first " + SHOWN_ROWS + " of "
                                + table.rowCount() + " rows; Notebook.table shows all.</p>");
    }
}
