/** The command line of a course: {@link org.scorebook.coursework.Course} and its commands, of which {@link org.scorebook.coursework.Grade} marks. */
package org.scorebook.coursework;
