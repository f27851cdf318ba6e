/** One training: how far it is, its losses and newest sample as they come. */
import { remove, showImage } from "./api.js";
import { drawLosses } from "./chart.js";
import { $, ask, h, show, terms } from "./dom.js";
import { isFinal, progressOf } from "./jobs.js";
import { keepFitting } from "./picture.js";
import { count, moment, rounded } from "./text.js";

const MOST_POINTS = 1500;

/** Its elements stay the same ones, so that no click and no focus is lost when news arrive. */
export class JobView {
    constructor(article, job) {
        this.losses = job.losses;
        this.badge = h("span", { class: "state" });
        this.stop = h("button", { type: "button", click: () => this.cancel() }, "Cancel this training");
        this.draw = h("a", { href: `#model=${encodeURIComponent(job.id)}` }, "Draw pictures with it");
        this.progress = h("div", {});
        this.error = h("p", { class: "error" });
        this.facts = h("dl", { class: "about" });
        this.note = h("p", { class: "hint", role: "status" });
        this.chart = h("div", { class: "chart" });
        this.sample = h("img", { alt: "", hidden: true });
        this.none = h("p", { class: "hint" }, "None drawn yet.");
        this.title = h("h2", { id: "job-title", tabindex: "-1" }, job.id);
        this.sampleTitle = h("h3", {}, "Samples");
        article.replaceChildren(
            this.title,
            h("div", { class: "links" }, this.badge, this.stop, this.draw),
            this.progress, this.error, this.facts, this.note,
            h("h3", {}, "Loss"), this.chart,
            this.sampleTitle, h("div", { class: "frame" }, this.none, this.sample),
            configuration(job.configuration));
        keepFitting(this.sample);
        new ResizeObserver(() => this.drawLosses()).observe(this.chart);
        this.status(job);
        job.samples.length && this.show(job.samples.at(-1));
        this.title.focus();
    }

    take(name, data) {
        if (name === "metrics") {
            this.add(data.step, data.train_loss);
        } else if (name === "sample") {
            this.show(data);
        } else if (name === "status" || name === "end") {
            this.status(data);
        } else if (name === "lost") {
            this.note.textContent = `${data} Trying again.`;
        }
    }

    status(job) {
        this.job = job;
        this.badge.className = `state ${job.state}`;
        this.badge.textContent = job.state;
        show(this.stop, !isFinal(job), this.title);
        this.draw.hidden = !isFinal(job) || job.state === "failed";
        this.progress.replaceChildren(progressOf(job));
        this.error.textContent = job.error ?? "";
        this.error.hidden = !job.error;
        this.note.textContent = job.note ?? "";
        this.facts.replaceChildren(...terms([
            ["Kind", job.model_type],
            ["Data", job.data],
            ["Epoch", job.epoch ? count(job.epoch) : null],
            ["Speed", job.images_per_second ? `${rounded(job.images_per_second)} images a second` : null],
            ["Steps", job.step_obstacle ? `${job.step_mode}: ${job.step_obstacle}` : job.step_mode],
            ["Begun", moment(job.created)],
            ["Last written", moment(job.updated)],
        ]));
        this.drawLosses();
    }

    async cancel() {
        $("#confirm p").textContent = `${this.job.id} stops after its current step. What it has learnt so far is kept.`;
        if (await ask($("#confirm"))) {
            const id = encodeURIComponent(this.job.id);
            await remove(`/jobs/${id}`).catch((error) => (this.note.textContent = error.message));
        }
    }

    add(step, loss) {
        if (step > (this.losses.at(-1)?.[0] ?? -1)) {
            this.losses.push([step, loss]);
        }
        if (this.losses.length > MOST_POINTS) {
            this.losses = this.losses.filter((_, i) => i % 2 === 0 || i === this.losses.length - 1);
        }
        this.soon ??= requestAnimationFrame(() => this.drawLosses());
    }

    drawLosses() {
        this.soon = null;
        this.losses.length > 1 ? drawLosses(this.chart, this.losses, this.job.total_steps)
            : this.chart.replaceChildren(h("p", { class: "hint" }, "No losses yet."));
    }

    show({ step, url }) {
        if (this.sample.dataset.step === `${step}`) {
            return;
        }
        this.sample.dataset.step = step;
        this.sampleTitle.textContent = `Samples at step ${count(step)}`;
        this.sample.alt = `Grid of images drawn at step ${step}`;
        this.sample.hidden = false;
        this.none.hidden = true;
        showImage(this.sample, url).catch((error) => (this.note.textContent = error.message));
    }
}

function configuration(settings) {
    const rows = Object.entries(settings ?? {}).map(([name, value]) =>
        h("tr", {},
            h("th", { scope: "row" }, name),
            h("td", {}, typeof value === "string" ? value : JSON.stringify(value))));
    return h("details", { class: "apart" },
        h("summary", {}, "All settings"),
        h("div", { class: "scroll" }, h("table", {}, h("tbody", {}, rows))));
}
