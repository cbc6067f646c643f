import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import express, { Router } from 'express';
import { lazily } from '../../lazily.js';
import { openApiDocument } from '../openapi.js';

const page = `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>一次 Yici API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div id="api"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;

/** A separate file, so that the content security policy can forbid inline scripts. */
const start = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#api', deepLinking: true, validatorUrl: null });\n`;

/** The OpenAPI document at /openapi.json, made when it is first asked for since that takes a while, and Swagger UI at /docs. */
export function docsRouter(version: string): Router {
  const document = lazily(() => JSON.stringify(openApiDocument(version)));
  const assets = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  const router = Router();
  router.get('/openapi.json', (_request, response) => {
    response.type('application/json').send(document());
  });
  router.get('/docs', (_request, response) => {
    response.type('html').send(page);
  });
  router.get('/docs/start.js', (_request, response) => {
    response.type('text/javascript').send(start);
  });
  router.use('/docs', express.static(assets, { index: false, redirect: false, maxAge: '1d' }));
  return router;
}
