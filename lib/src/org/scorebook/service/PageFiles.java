package org.scorebook.service;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.scorebook.http.ApiServer;
import org.scorebook.http.Problem;

/** The files of the page, and of the interactive page of the OpenAPI document. They come from the library and its packages alone. */
final class PageFiles {
    /** Swagger UI sets styles in its elements. */
    private static final String DOCS_POLICY = ApiServer.POLICY + "; style-src 'self' 'unsafe-inline'";

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*\\.(html|css|js|svg)");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");
    private static final String SWAGGER = "/META-INF/resources/webjars/swagger-ui/";

    private final String swagger;

    PageFiles() throws IOException {
        Properties properties = new Properties();
        try (InputStream in =
                PageFiles.class.getResourceAsStream("/META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
            if (in == null) {
                throw new IOException("org.webjars:swagger-ui is not on the class path, which the service needs");
            }
            properties.load(in);
        }
        swagger = SWAGGER + properties.getProperty("version") + "/";
    }

    /** A file of the page. */
    void page(Context context, String name) throws IOException {
        send(context, "page/", name);
    }

    /** A file of the interactive page of the OpenAPI document: ours, or Swagger UI's. */
    void docs(Context context, String name) throws IOException {
        context.header("Content-Security-Policy", DOCS_POLICY);
        send(context, name.startsWith("swagger-ui") ? swagger : "docs/", name);
    }

    private static void send(Context context, String folder, String name) throws IOException {
        if (!NAME.matcher(name).matches()) { // so that nothing outside the folder can be meant
            throw Problem.notFound("there is no page " + name);
        }
        try (InputStream in = PageFiles.class.getResourceAsStream(folder + name)) {
            if (in == null) {
                throw Problem.notFound("there is no page " + name);
            }
            context.header("Cache-Control", "no-cache");
            context.contentType(TYPES.get(name.substring(name.lastIndexOf('.') + 1)));
            context.result(in.readAllBytes());
        }
    }
}
