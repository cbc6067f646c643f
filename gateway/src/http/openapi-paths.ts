import {
  challengeAnswer,
  documentView,
  draftView,
  openedSession,
  sharingReads,
  transactionView,
} from '@yici/api';
import { shareValues } from '@yici/domain/model';
import { z } from 'zod';
import { mediaTypes } from '../documents/media.js';
import { batchAnswer, batchBody } from './batch-route.js';
import { commandQuery } from './command-routes.js';
import { discardBody, draftChangeBody, newDraftBody } from './draft-routes.js';
import { eraseBody, readersBody, uploadHeaders } from './document-routes.js';
import {
  binary,
  jsonAnswer,
  jsonBody,
  jsonSchema,
  operation,
  pathParameters,
  problems,
  queryParameters,
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

/** Several commands at once; drafts and templates, except the plain reads. */
export function deskPaths(): PathItem[] {
  const step = (name: string, summary: string, body: z.ZodType, answer: z.ZodType): PathItem =>
    operation(`/v1/drafts/{id}/${name}`, 'post', summary, {
      parameters: pathParameters('{id}'),
      requestBody: jsonBody(body),
      responses: { 200: jsonAnswer('', answer), ...problems },
    });
  return [
    operation('/v1/batches', 'post', '批量办理，逐件各自成一笔交易 · Several commands', {
      description:
        'For custodial accounts. Each command is a transaction of its own with its own idempotency key: nothing is ' +
        'all-or-nothing, and the answer has one result for each, in order. Send the same again to go on where it ended; ' +
        'rates count every command.',
      parameters: queryParameters(commandQuery),
      requestBody: jsonBody(batchBody),
      responses: { 200: jsonAnswer('One result for each.', batchAnswer), ...problems },
    }),
    operation('/v1/drafts', 'post', '新建草稿或者模板 · Begin a draft or template', {
      requestBody: jsonBody(newDraftBody),
      responses: { 201: jsonAnswer('', draftView), ...problems },
    }),
    step('change', '修改 · Change it', draftChangeBody, draftView),
    step('discard', '删除，不可复原 · Erase it', discardBody, z.strictObject({})),
  ];
}
