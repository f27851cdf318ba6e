package org.scorebook.sandbox;

import org.scorebook.base.Require;

/**
 * What a confined program can use.
 *
 * @param memory bytes, of all its processes together
 * @param processes how many there can be at once, threads among them
 * @param disk bytes that it can write
 */
public record SandboxLimits(long memory, int processes, long disk) {
    /** Requires positive numbers. */
    public SandboxLimits {
        Require.positive("memory", memory);
        Require.positive("processes", processes);
        Require.positive("disk", disk);
    }
}
