/** A curve of losses as SVG, drawn for the width that there is. */
import { rounded } from "./text.js";

const SVG = "http://www.w3.org/2000/svg";
const HEIGHT = 260;
const MARGIN = { top: 12, right: 14, bottom: 44, left: 62 };

function s(tag, attributes, text) {
    const element = document.createElementNS(SVG, tag);
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
    if (text !== undefined) {
        element.textContent = text;
    }
    return element;
}

/** Round numbers between low and high, `about` of them. */
export function ticks(low, high, about) {
    const raw = (high - low) / about || 1;
    const power = 10 ** Math.floor(Math.log10(raw));
    const step = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= raw);
    const first = Math.ceil(low / step - 1e-9);
    const last = Math.floor(high / step + 1e-9);
    return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Powers of ten, with 2 and 5 between where they are few; equal steps where even these are. */
export function logTicks(low, high) {
    const from = Math.floor(Math.log10(low));
    const decades = Array.from({ length: Math.ceil(Math.log10(high)) - from + 1 }, (_, i) => 10 ** (from + i));
    const inside = (values) => values.filter((v) => v >= low * 0.999 && v <= high * 1.001);
    const fine = inside(decades.flatMap((d) => [d, 2 * d, 5 * d]).map((v) => Number(v.toPrecision(6))));
    if (fine.length > 6) {
        return inside(decades).filter((_, i, all) => i % Math.ceil(all.length / 6) === 0);
    }
    return fine.length > 2 ? fine : ticks(low, high, 6);
}

/** The mean of each point with those around it: `share` of all. */
export function smooth(points, share = 0.05) {
    const reach = Math.round((points.length * share) / 2);
    const sums = [0];
    points.forEach(([, y]) => sums.push(sums.at(-1) + y));
    return points.map(([x], i) => {
        const [from, to] = [Math.max(0, i - reach), Math.min(points.length, i + reach + 1)];
        return [x, (sums[to] - sums[from]) / (to - from)];
    });
}

/** Draws the points [step, loss] into an element that holds nothing else; losses all above 0 on a logarithmic scale. */
export function drawLosses(holder, all, totalSteps) {
    const points = all.filter(([, loss]) => Number.isFinite(loss));
    if (points.length < 2) {
        holder.replaceChildren();
        return;
    }
    const log = points.every(([, loss]) => loss > 0);
    const losses = points.map(([, loss]) => loss);
    const x = axis([0, Math.max(totalSteps, points.at(-1)[0])], MARGIN.left, holder.clientWidth - MARGIN.right, false);
    const y = axis(range(losses, log), HEIGHT - MARGIN.bottom, MARGIN.top, log);
    const svg = s("svg", { viewBox: `0 0 ${holder.clientWidth} ${HEIGHT}`, height: HEIGHT, role: "img" });
    svg.setAttribute("aria-label", `Loss: ${rounded(losses[0])} at step ${points[0][0]}, `
        + `${rounded(losses.at(-1))} at step ${points.at(-1)[0]}`);
    grid(svg, x, y, log, holder.clientWidth);
    const path = (some) => some.map(([a, b], i) => `${i ? "L" : "M"}${x(a).toFixed(1)} ${y(b).toFixed(1)}`).join("");
    svg.append(s("path", { class: "raw", d: path(points) }));
    if (points.length > 40) {
        svg.append(s("path", { class: "mean", d: path(smooth(points)) }));
    }
    holder.replaceChildren(svg);
}

/** Room for the lowest and the highest loss, and for the one where all are equal. */
function range(losses, log) {
    const [low, high] = [Math.min(...losses), Math.max(...losses)];
    const room = high > low ? 0.05 : 0.5;
    return log ? [low * (low / high) ** room * (high > low ? 1 : 0.5), high * (high / low) ** room * (high > low ? 1 : 2)]
        : [low - (high - low || 1) * room, high + (high - low || 1) * room];
}

function axis([low, high], from, to, log) {
    const place = log ? Math.log : Number;
    const scale = (value) => from + ((place(value) - place(low)) / (place(high) - place(low))) * (to - from);
    return Object.assign(scale, { low, high, from, to });
}

function grid(svg, x, y, log, width) {
    for (const value of log ? logTicks(y.low, y.high) : ticks(y.low, y.high, 5)) {
        svg.append(s("line", { x1: x.from, x2: x.to, y1: y(value), y2: y(value) }));
        svg.append(s("text", { x: x.from - 8, y: y(value) + 4, "text-anchor": "end" }, rounded(value)));
    }
    for (const value of ticks(x.low, x.high, width < 420 ? 3 : 6)) {
        svg.append(s("line", { class: "tick", x1: x(value), x2: x(value), y1: y.from, y2: y.from + 5 }));
        svg.append(s("text", { x: x(value), y: y.from + 19, "text-anchor": "middle" }, value.toLocaleString("en")));
    }
    svg.append(s("line", { class: "tick", x1: x.from, x2: x.to, y1: y.from, y2: y.from }));
    svg.append(s("text", { class: "title", x: (x.from + x.to) / 2, y: HEIGHT - 6, "text-anchor": "middle" }, "optimiser step"));
    const middle = (y.from + y.to) / 2;
    svg.append(s("text", { class: "title", x: 14, y: middle, "text-anchor": "middle", transform: `rotate(-90 14 ${middle})` },
        log ? "training loss (log scale)" : "training loss"));
}
