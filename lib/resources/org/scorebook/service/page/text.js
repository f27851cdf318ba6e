/** Numbers and times in words. */

const whole = new Intl.NumberFormat("en");
const short = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });
const date = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });

export const count = (n) => whole.format(n);

/** A number to three digits. */
export const rounded = (x) => short.format(x);

export const plural = (n, one, many = one + "s") => `${count(n)} ${n === 1 ? one : many}`;

export function large(n) {
    return n >= 1e6 ? `${short.format(n / 1e6)} million` : count(n);
}

export function duration(seconds) {
    if (seconds < 10) {
        return `${seconds.toFixed(1)} s`;
    }
    if (seconds < 90) {
        return `${Math.round(seconds)} s`;
    }
    const minutes = Math.round(seconds / 60);
    return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export const moment = (iso) => (iso ? date.format(new Date(iso)) : "");
