/**
 * The HTTP service: endpoints, checks, limits, the page.
 *
 * <table>
 * <caption>What is inside</caption>
 * </table>
 */
package org.scorebook.service;
