package org.scorebook.checkup;

import com.sun.management.OperatingSystemMXBean;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.GraphicsEnvironment;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.ToolProvider;
import org.scorebook.aten.Processor;
import org.scorebook.base.LibraryVersion;

/** What the doctor looks at outside the engine. */
final class MachineExaminations {
    private static final double GB = 1e9;
    private static final double LITTLE_MEMORY = 4;
    private static final double LITTLE_DISK = 3;
    private static final double NO_DISK = 0.2;

    private MachineExaminations() {}

    static List<Finding> java() {
        String text = Runtime.version() + ", " + System.getProperty("java.vendor") + ", in "
                + System.getProperty("java.home");
        Finding java = ToolProvider.getSystemJavaCompiler() == null
                ? Finding.failed("Java", text + ": a runtime without a compiler, which cells need; install a JDK")
                : Finding.ok("Java", text);
        return List.of(Finding.ok("Scorebook", LibraryVersion.text()), java);
    }

    static List<Finding> machine() {
        int processors = Runtime.getRuntime().availableProcessors();
        String system = System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                + System.getProperty("os.arch");
        return List.of(
                Finding.ok("System", system),
                Finding.ok("Processor", Processor.current().name() + ", " + processors + " cores"),
                memory());
    }

    private static Finding memory() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        double total = system.getTotalMemorySize() / GB;
        double heap = Runtime.getRuntime().maxMemory() / GB;
        String text = number(total) + " GB, of which Java's heap may take " + number(heap) + " GB";
        return total < LITTLE_MEMORY
                ? Finding.note("Memory", text + ": little; train with small batches")
                : Finding.ok("Memory", text);
    }

    /** Of the working folder, the engine's and the temporary one, as far as these are on different disks. */
    static List<Finding> disk() throws IOException {
        Map<FileStore, Path> disks = new LinkedHashMap<>();
        for (String folder : List.of("", System.getProperty("user.home"), System.getProperty("java.io.tmpdir"))) {
            Path place = Path.of(folder).toAbsolutePath();
            disks.putIfAbsent(Files.getFileStore(place), place);
        }
        List<Finding> findings = new ArrayList<>();
        for (Map.Entry<FileStore, Path> disk : disks.entrySet()) {
            double free = disk.getKey().getUsableSpace() / GB;
            findings.add(disk(free, number(free) + " GB free on the disk of " + disk.getValue()));
        }
        return findings;
    }

    private static Finding disk(double free, String text) {
        if (free < NO_DISK) {
            return Finding.failed("Disk", text + ": make room");
        }
        return free < LITTLE_DISK ? Finding.note("Disk", text) : Finding.ok("Disk", text);
    }

    /** Charts and grids write text, which a minimal system cannot. */
    static List<Finding> fonts() {
        int families = GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames().length;
        BufferedImage image = new BufferedImage(40, 20, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = image.createGraphics();
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
        graphics.drawString("score", 2, 15);
        graphics.dispose();
        byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        boolean empty = Arrays.equals(pixels, new byte[pixels.length]);
        return List.of(
                empty
                        ? Finding.failed("Fonts", "text is not drawn: install a font (Debian: fonts-dejavu-core)")
                        : Finding.ok("Fonts", families + " families; text is drawn"));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
