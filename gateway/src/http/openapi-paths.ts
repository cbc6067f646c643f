import { shareValues } from '@yici/chaincode/model';
import { z } from 'zod';
import { mediaTypes } from '../documents/media.js';
import { documentView } from '../documents/model.js';
import { committedTransaction, networkView } from './chain-routes.js';
import { eraseBody, readersBody, uploadHeaders } from './document-routes.js';
import { eventsQuery } from './event-routes.js';
import {
  jsonAnswer,
  jsonBody,
  jsonSchema,
  operation,
  pathParameters,
  problems,
  queryParameters,
  transactionSchema,
  type PathItem,
} from './openapi-schemas.js';
import {
  challengeAnswer,
  challengeBody,
  openedSession,
  sessionBody,
  sessionView,
} from './session-routes.js';
import { emptyBody, signatureBody, statusQuery } from './transaction-routes.js';
import { valuesBody, valuesPath } from './values-routes.js';

/** What has no table of its own: logging in, the steps of a write, the network, streams. */
export function fixedPaths(): PathItem[] {
  const open = { security: [] };
  const step = (name: string, summary: string, body: z.ZodType, status: number): PathItem => [
    `/v1/transactions/{id}/${name}`,
    'post',
    {
      operationId: `transaction.${name}`,
      tags: ['transactions'],
      summary,
      parameters: pathParameters('{id}'),
      requestBody: jsonBody(body),
      responses: { [status]: jsonAnswer('', transactionSchema), ...problems },
    },
  ];
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
    operation('/v1/sessions/current', 'get', '当前会话 · This session', {
      responses: { 200: jsonAnswer('', sessionView), ...problems },
    }),
    operation('/v1/sessions/current', 'delete', '退出 · Log out', {
      responses: { 204: { description: 'Ended.' }, ...problems },
    }),
    step('endorse', '交回提案签名，取得背书 · Give the proposal’s signature', signatureBody, 200),
    step('submit', '交回交易签名，提交 · Give the transaction’s signature', signatureBody, 202),
    step('retry', '冲突后重试 · Try again after a conflict', emptyBody, 202),
    operation('/v1/transactions/{id}', 'get', '交易状态 · How a transaction stands', {
      parameters: [...pathParameters('{id}'), ...queryParameters(statusQuery)],
      responses: {
        200: jsonAnswer('', z.union([transactionSchema, committedTransaction])),
        ...problems,
      },
    }),
    operation('/v1/network', 'get', '网络概况 · The channel, its departments and height', {
      ...open,
      responses: { 200: jsonAnswer('', networkView), ...problems },
    }),
    operation('/v1/commands', 'get', '命令一览 · How each command is reached', {
      ...open,
      responses: { 200: jsonAnswer('', z.looseObject({})), ...problems },
    }),
    operation('/v1/events', 'get', '事件流 · Events as they are committed', {
      parameters: queryParameters(eventsQuery),
      responses: {
        200: { description: 'Server-sent events.', content: { 'text/event-stream': {} } },
        ...problems,
      },
    }),
  ];
}

/** Confidential values, as far as they are no plain read. */
export function valuesPaths(): PathItem[] {
  return [
    operation(valuesPath, 'post', '以签名的查询读取数值 · Read the values with a signed query', {
      parameters: pathParameters(valuesPath),
      requestBody: jsonBody(valuesBody),
      responses: { 200: jsonAnswer('', shareValues), ...problems },
    }),
  ];
}

/** Documents off the ledger, as far as they are no plain reads. */
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
    operation('/v1/documents/{id}/content', 'get', '取文件，查阅留痕 · Read it; recorded', {
      parameters: pathParameters('{id}'),
      responses: {
        200: {
          description: 'The bytes as they were brought in.',
          content: { 'application/octet-stream': binary },
        },
        ...problems,
      },
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

const binary = { schema: { type: 'string', format: 'binary' } };
