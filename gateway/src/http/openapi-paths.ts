import {
  challengeAnswer,
  documentView,
  openedSession,
  sharingReads,
  transactionView,
} from '@yici/api';
import { shareValues } from '@yici/domain/model';
import type { z } from 'zod';
import { mediaTypes } from '../documents/media.js';
import { eraseBody, readersBody, uploadHeaders } from './document-routes.js';
import {
  binary,
  jsonAnswer,
  jsonBody,
  jsonSchema,
  operation,
  pathParameters,
  problems,
  type PathItem,
} from './openapi-schemas.js';
import { challengeBody, sessionBody } from './session-routes.js';
import { emptyBody, signatureBody } from './transaction-routes.js';
import { valuesBody } from './values-routes.js';

export function fixedPaths(): PathItem[] {
  const open = { security: [] };
  const step = (name: string, summary: string, body: z.ZodType, status: number): PathItem =>
    operation(`/v1/transactions/{id}/${name}`, 'post', summary, {
      operationId: `transaction.${name}`,
      parameters: pathParameters('{id}'),
      requestBody: jsonBody(body),
      responses: { [status]: jsonAnswer('', transactionView), ...problems },
    });
  return [
    operation('/v1/sessions/challenge', 'post', '取登录质询 · Ask for a login challenge', {
      ...open,
      requestBody: jsonBody(challengeBody),
      responses: { 201: jsonAnswer('', challengeAnswer), ...problems },
    }),
    operation('/v1/sessions', 'post', '签名登录 · Log in with a signed challenge', {
      ...open,
      requestBody: jsonBody(sessionBody),
      responses: { 201: jsonAnswer('', openedSession), ...problems },
    }),
    operation('/v1/sessions/current', 'delete', '退出 · Log out', {
      responses: { 204: { description: 'Ended.' }, ...problems },
    }),
    step('endorse', '交回提案签名，取得背书 · Give the proposal’s signature', signatureBody, 200),
    step('submit', '交回交易签名，提交 · Give the transaction’s signature', signatureBody, 202),
    step('retry', '冲突后重试 · Try again after a conflict', emptyBody, 202),
  ];
}

/** Confidential values, except the plain read. */
export function valuesPaths(): PathItem[] {
  const { path } = sharingReads['shares.values'];
  return [
    operation(path, 'post', '以签名的查询读取数值 · Read the values with a signed query', {
      parameters: pathParameters(path),
      requestBody: jsonBody(valuesBody),
      responses: { 200: jsonAnswer('', shareValues), ...problems },
    }),
  ];
}

/** Documents off the ledger, except the plain reads. */
export function documentPaths(): PathItem[] {
  const answers = { 200: jsonAnswer('', documentView), ...problems };
  return [
    operation('/v1/documents', 'post', '存入文件 · Bring a document in', {
      parameters: Object.entries(uploadHeaders.shape).map(([name, schema]) => ({
        name,
        in: 'header',
        required: name === 'x-document-name',
        schema: jsonSchema(schema),
      })),
      requestBody: {
        required: true,
        content: Object.fromEntries(mediaTypes.map((type) => [type, binary])),
      },
      responses: { 201: jsonAnswer('', documentView), ...problems },
    }),
    operation('/v1/documents/{id}/readers', 'post', '授予部门查阅 · Grant it to departments', {
      parameters: pathParameters('{id}'),
      requestBody: jsonBody(readersBody),
      responses: answers,
    }),
    operation('/v1/documents/{id}/erase', 'post', '销毁密钥，文件不可复原 · Destroy its key', {
      parameters: pathParameters('{id}'),
      requestBody: jsonBody(eraseBody),
      responses: answers,
    }),
  ];
}
