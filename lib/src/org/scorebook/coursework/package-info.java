/** The command line of a course: {@link org.scorebook.coursework.Course} and its commands. */
package org.scorebook.coursework;
