SwaggerUIBundle({
  url: "/openapi",
  dom_id: "#docs",
  deepLinking: true,
  validatorUrl: null, // the document is sent to nobody
});
