package org.scorebook.service;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A command line of curl as others have written it, carried out as curl would, but for the port. */
final class Curl {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

    private Curl() {}

    /** What it would have written, to the terminal or a file. */
    static Answer run(String line, int port) throws Exception {
        List<String> words = words(line.replace("\\\n", " "));
        String method = null;
        String body = null;
        URI url = null;
        HttpRequest.Builder request =
                HttpRequest.newBuilder().header("User-Agent", "curl/8.5.0").header("Accept", "*/*");
        for (int i = 1; i < words.size(); i++) {
            switch (words.get(i)) {
                case "-X" -> method = words.get(++i);
                case "-d" -> body = words.get(++i);
                case "-H" ->
                    request.header(
                            words.get(++i).split(": ", 2)[0], words.get(i).split(": ", 2)[1]);
                case "-o" -> i++;
                default -> url = URI.create(words.get(i).replace(":8000/", ":" + port + "/"));
            }
        }
        String usual = body == null ? "GET" : "POST";
        request.uri(url)
                .method(
                        method == null ? usual : method,
                        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return Answer.of(HTTP.send(request.build(), BodyHandlers.ofByteArray()));
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        while (word.find()) {
            words.add(word.group(1) != null ? word.group(1) : word.group(2) != null ? word.group(2) : word.group(3));
        }
        return words;
    }
}
