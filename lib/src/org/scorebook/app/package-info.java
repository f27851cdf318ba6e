/** The command line: {@link org.scorebook.app.Main} and one class for each of its commands. */
package org.scorebook.app;
