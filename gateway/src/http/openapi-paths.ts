import {
  calendarPreview,
  changeInForce,
  challengeAnswer,
  channelChange,
  documentView,
  draftView,
  enrolmentAsked,
  enrolmentRequest,
  enrolmentState,
  openedSession,
  pendingChange,
  pendingChanges,
  sharingReads,
  signoffChains,
  signoffView,
  transactionView,
} from '@yici/api';
import { importCalendarInput, shareValues } from '@yici/domain/model';
import { z } from 'zod';
import { mediaTypes } from '../documents/media.js';
import { batchAnswer, batchBody } from './routes/batch-route.js';
import { changesPath } from './routes/channel-change.js';
import { commandQuery } from './routes/command-routes.js';
import { discardBody, draftChangeBody, newDraftBody } from './routes/draft.js';
import { answerBody, collectBody, enrolmentBody } from './routes/enrolment.js';
import { eraseBody, readersBody, uploadHeaders } from './routes/document.js';
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
import { chainsBody } from '../signoff/chains-input.js';
import { challengeBody, sessionBody } from './routes/session.js';
import { newSignoffBody, signoffBodies, withdrawBody } from './routes/signoff.js';
import { emptyBody, signatureBody } from './routes/transaction.js';
import { valuesBody } from './routes/values.js';

/** Asked without a session. */
const open = { security: [] };

export function fixedPaths(): PathItem[] {
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
    ...enrolmentPaths(),
    ...channelChangePaths(),
    step('endorse', '交回提案签名，取得背书 · Give the proposal’s signature', signatureBody, 200),
    step('submit', '交回交易签名，提交 · Give the transaction’s signature', signatureBody, 202),
    step('retry', '冲突后重试 · Try again after a conflict', emptyBody, 202),
  ];
}

function channelChangePaths(): PathItem[] {
  const one = { parameters: pathParameters('{id}') };
  return [
    operation(changesPath, 'post', '提交对通道更改的签名 · Bring signatures on a change', {
      ...open,
      requestBody: jsonBody(channelChange),
      responses: { 201: jsonAnswer('', pendingChange), ...problems },
    }),
    operation(changesPath, 'get', '待签名的通道更改 · Changes that wait for signatures', {
      responses: { 200: jsonAnswer('', pendingChanges), ...problems },
    }),
    operation(`${changesPath}/{id}`, 'get', '一项通道更改 · A change of the channel', {
      ...{ ...open, ...one },
      responses: { 200: jsonAnswer('', pendingChange), ...problems },
    }),
    operation(`${changesPath}/{id}/submit`, 'post', '使更改生效 · Bring it into force', {
      ...one,
      responses: { 200: jsonAnswer('', changeInForce), ...problems },
    }),
  ];
}

function enrolmentPaths(): PathItem[] {
  return [
    operation('/v1/enrolments', 'post', '申请证书 · Ask for a certificate', {
      ...open,
      requestBody: jsonBody(enrolmentBody),
      responses: { 201: jsonAnswer('', enrolmentAsked), ...problems },
    }),
    operation('/v1/enrolments/{number}', 'get', '一件证书申请 · What is to be certified', {
      ...open,
      parameters: pathParameters('{number}'),
      responses: { 200: jsonAnswer('', enrolmentRequest), ...problems },
    }),
    operation('/v1/enrolments/{number}/answer', 'post', '登记员交回证书 · Bring the certificate', {
      ...open,
      parameters: pathParameters('{number}'),
      requestBody: jsonBody(answerBody),
      responses: { 200: jsonAnswer('', z.strictObject({})), ...problems },
    }),
    operation('/v1/enrolments/{number}/collect', 'post', '领取证书 · Collect it', {
      ...open,
      parameters: pathParameters('{number}'),
      requestBody: jsonBody(collectBody),
      responses: { 200: jsonAnswer('', enrolmentState), ...problems },
    }),
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

/** Sign-offs inside a department, except the plain reads. */
export function signoffPaths(): PathItem[] {
  const step = (name: string, summary: string, body: z.ZodType, answer: z.ZodType): PathItem =>
    operation(`/v1/signoffs/{id}/${name}`, 'post', summary, {
      parameters: pathParameters('{id}'),
      requestBody: jsonBody(body),
      responses: { 200: jsonAnswer('', answer), ...problems },
    });
  const { approve, return: giveBack, issue } = signoffBodies;
  return [
    operation('/v1/signoff/chains', 'put', '设定本部门审签流程 · Replace the chains', {
      requestBody: jsonBody(chainsBody),
      responses: { 200: jsonAnswer('', signoffChains), ...problems },
    }),
    operation('/v1/signoffs', 'post', '拟办 · Begin a sign-off', {
      requestBody: jsonBody(newSignoffBody),
      responses: { 201: jsonAnswer('', signoffView), ...problems },
    }),
    step('approve', '审核 · Approve it', approve, signoffView),
    step('return', '退回 · Give it back', giveBack, signoffView),
    step('issue', '签发：随后发送命令，附上 signoff · Issue it', issue, signoffView),
    step('withdraw', '撤回，不可复原 · Withdraw it', withdrawBody, z.strictObject({})),
  ];
}

/** Several commands at once; drafts and templates, except the plain reads; what a calendar would move. */
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
    operation(
      '/v1/calendars/preview',
      'post',
      '日历生效后将变动的期限 · What a calendar would move',
      {
        description: 'Takes what the import of a calendar takes. Nothing is written.',
        requestBody: jsonBody(importCalendarInput),
        responses: { 200: jsonAnswer('', calendarPreview), ...problems },
      },
    ),
    operation('/v1/drafts', 'post', '新建草稿或者模板 · Begin a draft or template', {
      requestBody: jsonBody(newDraftBody),
      responses: { 201: jsonAnswer('', draftView), ...problems },
    }),
    step('change', '修改 · Change it', draftChangeBody, draftView),
    step('discard', '删除，不可复原 · Erase it', discardBody, z.strictObject({})),
  ];
}
