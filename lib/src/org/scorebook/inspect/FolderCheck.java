package org.scorebook.inspect;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.scorebook.base.Require;
import org.scorebook.data.BadDataFile;
import org.scorebook.data.FolderLayout;
import org.scorebook.data.ImageFolder;
import org.scorebook.data.ImageOptions;
import org.scorebook.data.ImageSets;
import org.scorebook.data.InParallel;
import org.scorebook.data.PictureKind;
import org.scorebook.inspect.FolderReport.ClassSize;
import org.scorebook.inspect.FolderReport.PictureSize;

/**
 * Looks at a folder of pictures as {@link ImageFolder} reads it, and goes on where a training would end: every fault is told,
 * not only the first. No pixels are kept, only some numbers of each picture.
 */
public final class FolderCheck {
    private static final int PARTS = 3;

    private final Path folder;
    private final ImageOptions options;
    private final List<String> faults = new ArrayList<>();
    private final List<CheckedPicture> entries = new ArrayList<>();
    private FolderLayout layout;
    private PictureFacts[] facts;

    /** Is told how many pictures are done, by one thread at a time. */
    @FunctionalInterface
    public interface PictureCount {
        /**
         * @param done from 1 to total
         * @param total number of pictures
         */
        void at(int done, int total);
    }

    /** A picture: its class, and 0, 1 or 2 where it would train, validate or test, -1 where there are too few. */
    private record CheckedPicture(Path file, int label, int share) {}

    private FolderCheck(Path folder, ImageOptions options) {
        this.folder = folder;
        this.options = options;
    }

    /**
     * Looks at all pictures that a training would read.
     *
     * @param folder as {@link ImageFolder#splits} takes it
     * @param options side and largest class of the training
     * @throws IOException if the folder itself cannot be read
     * @throws java.util.concurrent.CancellationException if the thread was interrupted; the interrupt is used up
     */
    public static FolderReport of(Path folder, ImageOptions options, PictureCount progress) throws IOException {
        Require.given("folder", folder);
        Require.given("options", options);
        Require.given("progress", progress);
        FolderCheck check = new FolderCheck(folder, options);
        check.layout = FolderLayout.of(folder, options.largestClass(), fault -> check.fault(fault.getMessage()));
        check.share();
        check.look(progress);
        return check.report();
    }

    private synchronized void fault(String sentence) {
        String start = folder + folder.getFileSystem().getSeparator();
        faults.add(sentence.startsWith(start) ? sentence.substring(start.length()) : sentence);
    }

    /** Says of each picture where it would be. */
    private void share() {
        Map<String, int[]> places = new LinkedHashMap<>();
        layout.parts()
                .forEach((name, part) -> places.put(name, filled(part.files().size(), -1)));
        try {
            List<FolderLayout.FolderShare> shares = layout.shares(ImageSets.SEED);
            IntStream.range(0, PARTS).forEach(i -> {
                for (int row : shares.get(i).rows()) {
                    places.get(shares.get(i).part())[row] = i;
                }
            });
            layout.parts()
                    .values()
                    .forEach(part -> FolderLayout.requireRoom(part.files().size(), options.side()));
        } catch (IllegalArgumentException e) {
            fault(e.getMessage());
        }
        layout.parts().forEach((name, part) -> {
            for (int row = 0; row < part.files().size(); row++) {
                entries.add(new CheckedPicture(part.files().get(row), part.labels()[row], places.get(name)[row]));
            }
        });
    }

    private static int[] filled(int n, int value) {
        return IntStream.generate(() -> value).limit(n).toArray();
    }

    private void look(PictureCount progress) throws IOException {
        facts = new PictureFacts[entries.size()];
        Map<Integer, String> bad = new TreeMap<>();
        int[] done = {0};
        InParallel.forEach(facts.length, i -> {
            String fault = "";
            try {
                facts[i] = PictureFacts.of(entries.get(i).file());
            } catch (BadDataFile e) {
                fault = e.getMessage();
            } catch (IOException e) {
                fault = entries.get(i).file() + " cannot be read: " + e;
            }
            synchronized (bad) {
                if (!fault.isEmpty()) {
                    bad.put(i, fault);
                }
                progress.at(++done[0], facts.length);
            }
        });
        bad.values().forEach(this::fault);
    }

    private FolderReport report() {
        List<PictureFacts> good = Stream.of(facts).filter(Objects::nonNull).toList();
        Collection<List<CheckedPicture>> groups = groups();
        Map<PictureKind, Integer> kinds = new EnumMap<>(PictureKind.class);
        good.forEach(one -> kinds.merge(one.kind(), 1, Integer::sum));
        return new FolderReport(
                folder,
                options.side(),
                IntStream.range(0, layout.classNames().size())
                        .mapToObj(this::size)
                        .toList(),
                sizes(good),
                count(good, one -> !one.isSquare()),
                count(good, one -> one.shorterSide() < options.side()),
                kinds,
                count(good, PictureFacts::turned),
                groups.stream().map(this::names).toList(),
                count(groups, group -> differ(group, CheckedPicture::label)),
                count(groups, group -> differ(group, CheckedPicture::share)),
                List.copyOf(faults));
    }

    private ClassSize size(int label) {
        List<CheckedPicture> own =
                entries.stream().filter(entry -> entry.label() == label).toList();
        int[] shares = IntStream.range(0, PARTS)
                .map(share -> count(own, entry -> entry.share() == share))
                .toArray();
        return new ClassSize(layout.classNames().get(label), own.size(), shares[0], shares[1], shares[2]);
    }

    private static List<PictureSize> sizes(List<PictureFacts> good) {
        List<PictureSize> sorted = good.stream()
                .sorted(Comparator.comparingLong(PictureFacts::area))
                .map(one -> new PictureSize(one.width(), one.height()))
                .toList();
        int last = sorted.size() - 1;
        return sorted.isEmpty() ? sorted : List.of(sorted.get(0), sorted.get(last / 2), sorted.get(last));
    }

    /** Pictures that are equal, where there are several, in the order of the files. */
    private Collection<List<CheckedPicture>> groups() {
        return IntStream.range(0, facts.length)
                .filter(i -> facts[i] != null)
                .boxed()
                .collect(Collectors.groupingBy(
                        i -> facts[i].hash(),
                        LinkedHashMap::new,
                        Collectors.mapping(entries::get, Collectors.toList())))
                .values()
                .stream()
                .filter(group -> group.size() > 1)
                .toList();
    }

    private List<String> names(List<CheckedPicture> group) {
        return group.stream()
                .map(entry -> folder.relativize(entry.file()).toString())
                .sorted()
                .toList();
    }

    private static boolean differ(List<CheckedPicture> group, Function<CheckedPicture, Integer> value) {
        return group.stream().map(value).distinct().count() > 1;
    }

    private static <T> int count(Collection<T> all, Predicate<T> wanted) {
        return (int) all.stream().filter(wanted).count();
    }
}
