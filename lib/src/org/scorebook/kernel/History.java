package org.scorebook.kernel;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dflib.jjava.jupyter.messages.request.HistoryRequest;

/** The source of the cells run since the kernel started, answered in the form of Jupyter's {@code history_reply}. */
final class History {
    private final Map<Integer, String> sources = new LinkedHashMap<>();

    synchronized void add(int count, String source) {
        sources.put(count, source);
    }

    /** Rows of (session, line, source), or (session, line, (source, null)) where outputs are asked for: none are kept. */
    synchronized List<List<Object>> answer(HistoryRequest request) {
        return select(request)
                .map(e -> List.of(
                        1, e.getKey(), request.includeOutput() ? Arrays.asList(e.getValue(), null) : e.getValue()))
                .toList();
    }

    private Stream<Map.Entry<Integer, String>> select(HistoryRequest request) {
        if (request instanceof HistoryRequest.Range range) {
            return sources.entrySet().stream()
                    .filter(e -> range.getSessionIndex() == 0 || range.getSessionIndex() == 1)
                    .filter(e -> e.getKey() >= range.getStart() && e.getKey() < range.getStop());
        }
        if (request instanceof HistoryRequest.Search search) {
            Pattern pattern = glob(search.getPattern());
            List<Map.Entry<Integer, String>> found = sources.entrySet().stream()
                    .filter(e -> pattern.matcher(e.getValue()).matches())
                    .toList();
            return last(search.filterUnique() ? unique(found) : found, search.getMaxReturnLength());
        }
        return last(List.copyOf(sources.entrySet()), ((HistoryRequest.Tail) request).getMaxReturnLength());
    }

    private static List<Map.Entry<Integer, String>> unique(List<Map.Entry<Integer, String>> found) {
        Map<String, Map.Entry<Integer, String>> newest = new LinkedHashMap<>();
        found.forEach(e -> newest.put(e.getValue(), e));
        return List.copyOf(newest.values());
    }

    private static Stream<Map.Entry<Integer, String>> last(List<Map.Entry<Integer, String>> rows, int wanted) {
        return rows.stream().skip(wanted <= 0 ? 0 : Math.max(0, rows.size() - wanted));
    }

    private static Pattern glob(String text) {
        String regex = Stream.of(text.split("(?=[*?])|(?<=[*?])"))
                .map(part -> part.equals("*") ? ".*" : part.equals("?") ? "." : Pattern.quote(part))
                .collect(Collectors.joining());
        return Pattern.compile(regex, Pattern.DOTALL);
    }
}
