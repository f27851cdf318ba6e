package org.scorebook.loop;

/** Measures how fast training goes, without the time that is spent on looking at it. */
final class Pace {
    private static final double LATELY_SECONDS = 10;

    private final long imagesPerStep;
    private long last = System.nanoTime();
    private double seconds;
    private double rate;

    Pace(long imagesPerStep) {
        this.imagesPerStep = imagesPerStep;
    }

    /** So many steps have ended since this was told of others. */
    void steps(int number) {
        long now = System.nanoTime();
        double taken = (now - last) / 1e9;
        last = now;
        seconds += taken;
        double weight = seconds <= LATELY_SECONDS ? taken / seconds : 1 - Math.exp(-taken / LATELY_SECONDS);
        rate += weight * (number * imagesPerStep / taken - rate);
    }

    /** The training goes on: what was done since the last step does not count. */
    void resume() {
        last = System.nanoTime();
    }

    /** Lately: a mean that forgets what is older than some seconds; 0 before the first step. */
    double imagesPerSecond() {
        return rate;
    }

    /** How many steps are taken in some seconds, lately; at least 1. */
    int stepsIn(double someSeconds) {
        return (int) Math.max(1, rate / imagesPerStep * someSeconds);
    }

    /** Of training, in this process. */
    double seconds() {
        return seconds;
    }
}
