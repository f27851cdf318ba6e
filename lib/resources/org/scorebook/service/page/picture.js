/** One picture, large: its pixels at a whole multiple, its settings, its link and file. */
import { download, showImage } from "./api.js";
import { $, h, terms } from "./dom.js";
import { duration, moment, rounded } from "./text.js";

const figure = $("#picture");
const frame = $(".frame", figure);
const image = $("img", frame);

/** Of a picture, in CSS pixels. */
const WIDEST = 640;

/** In the files a pixel of an image is a square of so many. */
const SQUARE = 2;

/**
 * Every pixel of an image as a square of whole pixels of the screen, as large as there is room; where there is too little for
 * that, as smooth as the browser can.
 */
function fit(img) {
    if (!img.naturalWidth) {
        return;
    }
    const pixels = img.naturalWidth / SQUARE / devicePixelRatio;
    const times = Math.floor(Math.min(img.parentElement.clientWidth, WIDEST) / pixels);
    img.classList.toggle("tight", times < 1);
    img.style.width = times >= 1 ? `${pixels * times}px` : "";
}

export function keepFitting(img) {
    img.addEventListener("load", () => fit(img));
    new ResizeObserver(() => fit(img)).observe(img.parentElement);
}

keepFitting(image);

/** Scrolls no further than needed to see it whole. */
export async function bringIntoView() {
    await image.decode().catch(() => {});
    figure.scrollIntoView({ block: "nearest" });
}

function reveal(alt) {
    image.alt = alt;
    image.hidden = false;
    $("p", frame).hidden = true;
}

/** A picture that is being drawn. */
export function showDraft(base64) {
    const begun = !$("figcaption", figure).hidden || image.hidden;
    reveal("The picture as far as it is drawn");
    image.src = `data:image/png;base64,${base64}`;
    $("figcaption", figure).hidden = true;
    begun && bringIntoView();
}

/** A finished picture; `use` is called to take its settings. */
export async function showPicture(picture, use) {
    const caption = $("figcaption", figure);
    caption.replaceChildren(
        h("dl", { class: "about" }, terms(settings(picture))),
        h("p", { class: "links" },
            h("button", { type: "button", click: () => use(picture) }, "Use these settings"),
            h("a", { href: picture.url, download: `${picture.id}.png`, click: download }, "Download"),
            h("a", { href: `#picture=${encodeURIComponent(picture.id)}` }, "Link")));
    caption.hidden = false;
    reveal(`${picture.num_samples} images drawn by ${picture.model}`);
    if (picture.image_base64) {
        image.src = `data:image/png;base64,${picture.image_base64}`;
    } else {
        await showImage(image, picture.url);
    }
}

function settings(picture) {
    return [
        ["Model", picture.model],
        ["Sampler", picture.sampler],
        ["Steps", picture.steps],
        ["Guidance", picture.guidance_scale && rounded(picture.guidance_scale)],
        ["Classes", picture.classes?.join(", ")],
        ["Images", picture.num_samples],
        ["Seed", String(picture.seed)],
        ["Drawn", picture.seconds ? `in ${duration(picture.seconds)}` : moment(picture.created)],
    ];
}
