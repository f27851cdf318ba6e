package org.scorebook.service;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.function.Supplier;

/** What {@code GET /metrics} tells, in the text format of Prometheus. */
final class ServiceMetrics {
    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    ServiceMetrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    void gauge(String name, String help, Supplier<Number> value) {
        Gauge.builder(name, value).description(help).register(registry);
    }

    /** @param path of the endpoint, with the names of its parameters: there are only so many */
    void answered(String method, String path, int status, Duration time) {
        Timer.builder("scorebook.http.requests")
                .description("answered requests")
                .tag("method", method)
                .tag("path", path)
                .tag("status", Integer.toString(status))
                .register(registry)
                .record(time);
    }

    void drawn(String type, int images, double seconds) {
        Counter.builder("scorebook.images")
                .description("images drawn")
                .tag("model_type", type)
                .register(registry)
                .increment(images);
        DistributionSummary.builder("scorebook.generation.seconds")
                .description("work on a request for images")
                .tag("model_type", type)
                .register(registry)
                .record(seconds);
    }

    String text() {
        return registry.scrape();
    }
}
