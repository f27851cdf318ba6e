package org.scorebook.service;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import org.scorebook.generation.Generator;
import org.scorebook.generation.ModelShelf;
import org.scorebook.http.ApiServer;
import org.scorebook.http.ClientWatch;
import org.scorebook.http.Endpoint;
import org.scorebook.http.Guard;
import org.scorebook.http.RequestLog;

/** The service: pictures from trained models, and trainings, over HTTP. */
public final class HttpService implements AutoCloseable {
    private final ServiceSettings settings;
    private final Generator generator;
    private final ClientWatch clients;
    private final Generations generations;
    private final ApiServer server;

    private HttpService(ServiceSettings settings, PrintStream log) throws IOException {
        this.settings = settings;
        ServiceMetrics metrics = new ServiceMetrics();
        PictureStore pictures = new PictureStore(settings.outputs());
        ModelCatalogue models = new ModelCatalogue(settings.runs());
        PageFiles files = new PageFiles();
        generator = new Generator(new ModelShelf(settings.device()), settings.places());
        clients = new ClientWatch();
        generations = new Generations(generator, pictures, clients, settings.limit(), metrics);
        metrics.gauge("scorebook.generation.waiting", "requests for images that are not finished", generator::waiting);
        List<Endpoint> endpoints = new Endpoints(settings, models, generations, pictures, files, metrics).all();
        RequestLog requests = new RequestLog(log, metrics::answered);
        server = new ApiServer(endpoints, requests, new Guard(settings.token(), settings.isLocal()));
    }

    /**
     * Starts it.
     *
     * @param log takes a line for each request
     * @throws IOException if the address is taken, or a folder cannot be made
     */
    public static HttpService start(ServiceSettings settings, PrintStream log) throws IOException {
        HttpService service = new HttpService(settings, log);
        try {
            service.server.start(settings.host(), settings.port());
            return service;
        } catch (IOException e) {
            service.close();
            throw e;
        }
    }

    /** As {@link #start(ServiceSettings, PrintStream)}, with no line for requests. */
    public static HttpService start(ServiceSettings settings) throws IOException {
        return start(settings, new PrintStream(OutputStream.nullOutputStream()));
    }

    /** Where it can be reached, such as {@code http://127.0.0.1:8000}. */
    public String url() {
        String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
        return "http://" + host + ":" + server.port();
    }

    /** Takes no more requests, finishes those that are there as far as the grace allows, and ends. Trainings go on. */
    @Override
    public void close() throws IOException {
        generations.stop(settings.grace());
        server.stop();
        generator.close();
        clients.close();
    }
}
