/**
 * Pictures from trained models, and trainings, over HTTP: the endpoints, the page.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.service.HttpService}</td><td>the service</td></tr>
 * <tr><td>{@link org.scorebook.service.ServiceSettings}</td><td>how it is set up</td></tr>
 * </table>
 *
 * <p>{@code Endpoints} lists all that it does. {@code Generations} has pictures drawn, {@code Trainings} starts and finds trainings,
 * {@code PictureStore} keeps pictures, {@code ModelCatalogue} knows what can be drawn from.
 */
package org.scorebook.service;
