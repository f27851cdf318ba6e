/**
 * Images by request: one device, a queue, and bytes that do not depend on who else asks.
 *
 * <table>
 * <caption>What is inside</caption>
 * </table>
 */
package org.scorebook.generation;
