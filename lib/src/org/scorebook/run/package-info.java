/** Training runs: their settings, their folders, and the processes that they run in. */
package org.scorebook.run;
