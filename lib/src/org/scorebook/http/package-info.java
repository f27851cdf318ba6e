/**
 * What every HTTP interface needs: requests checked, failures told, endpoints described.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.scorebook.http.ApiServer}</td><td>a server of a list of endpoints</td></tr>
 * <tr><td>{@link org.scorebook.http.Endpoint}</td><td>one of them: path, fields, answers, code</td></tr>
 * <tr><td>{@link org.scorebook.http.RequestField}</td><td>a field: its check, its error, its schema</td></tr>
 * <tr><td>{@link org.scorebook.http.RequestBody}</td><td>the fields of a request</td></tr>
 * <tr><td>{@link org.scorebook.http.Problem}, {@link org.scorebook.http.FieldError}</td><td>what is wrong, by RFC 9457</td></tr>
 * <tr><td>{@link org.scorebook.http.OpenApi}</td><td>the description of a list of endpoints</td></tr>
 * <tr><td>{@link org.scorebook.http.EventStream}</td><td>server-sent events</td></tr>
 * <tr><td>{@link org.scorebook.http.ClientWatch}</td><td>notices that a client has gone</td></tr>
 * <tr><td>{@link org.scorebook.http.Guard}</td><td>token, Host, Origin</td></tr>
 * <tr><td>{@link org.scorebook.http.RequestLog}</td><td>a line for each request</td></tr>
 * <tr><td>{@link org.scorebook.http.Json}</td><td>what is sent and taken</td></tr>
 * </table>
 */
package org.scorebook.http;
