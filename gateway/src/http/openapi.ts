import { reads, transactionView, type Read } from '@yici/api';
import { audiences } from '@yici/domain/model';
import { commandRoutes, type CommandRoute } from '../commands/route-table.js';
import { commandQuery } from './routes/command-routes.js';
import {
  deskPaths,
  documentPaths,
  fixedPaths,
  signoffPaths,
  valuesPaths,
} from './openapi-paths.js';
import {
  bilingual,
  binary,
  components,
  jsonAnswer,
  jsonBody,
  jsonSchema,
  operation,
  pathParameters,
  problems,
  queryParameters,
  type Json,
  type PathItem,
} from './openapi-schemas.js';

/** The whole API as OpenAPI 3.1, from the same schemas and route tables that serve it. */
export function openApiDocument(version: string): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: '一次 Yici gateway',
      version,
      description:
        'Government departments file and answer matters on a shared ledger. Writes answer with a signing request; ' +
        'reads come from the gateway’s index of the ledger.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }],
    tags: Object.entries(rooms).map(([name, description]) => ({ name, description })),
    paths: mergePaths(pathItems()),
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'A session’s token (ys_…) or an API key (yk_…).',
        },
      },
      schemas: Object.fromEntries(
        Object.entries(components).map(([name, schema]) => [name, jsonSchema(schema)]),
      ),
    },
  };
}

/** Every path of the API with its methods, as documented. */
export function apiPaths(): { readonly path: string; readonly methods: readonly string[] }[] {
  const paths = new Map<string, string[]>();
  for (const [path, method] of pathItems()) {
    paths.set(path, [...(paths.get(path) ?? []), method.toUpperCase()]);
  }
  return [...paths].map(([path, methods]) => ({ path, methods }));
}

const pathItems = (): PathItem[] => [
  ...commandRoutes.map(commandPath),
  ...Object.values(reads).map(readPath),
  ...fixedPaths(),
  ...documentPaths(),
  ...valuesPaths(),
  ...deskPaths(),
  ...signoffPaths(),
];

/** Tags of the operations (the first part of their path), in the order of the documentation. */
const rooms = {
  sessions: '登录会话 Logging in',
  network: '网络 The network',
  departments: '部门 Departments',
  duties: '职责（“三定”规定） Duties',
  'duty-overlaps': '职责交叉 Duties that several departments claim',
  reviews: '职责变更后的复核 Reviews of matters whose duty changed',
  calendars: '工作日历 Working calendars',
  matters: '事项 Matters',
  'speed-up': '提速率 The speed-up rate',
  'one-things': '一件事 One things: matters joined into one',
  'one-thing-cases': '一件事办件 One things that were filed',
  cases: '办件 Cases',
  'duty-rulings': '职责分工协调 Duty rulings',
  delegations: 'AB 岗代岗 Standing in for an absent official',
  'delegation-candidates': '可以作为代岗人员的在册人员 Who can stand in',
  inbox: '待办 What waits for a department',
  datasets: '政务数据目录 Data sets',
  'data-topics': '数据主题及数源部门 What data are about, and their source departments',
  attestations: '存证 Attestations',
  contests: '对共享数据的异议 What applicants contest of shared data',
  cards: '黄牌、红牌 Warning cards',
  public: '向社会公开的内容 What anybody may read',
  urges: '催办 Reminders',
  orders: '督办 Supervision orders',
  evaluations: '好差评 Evaluations',
  stats: '改革成效指标 Figures of the reform',
  reports: '月度、年度报告 Reports of a month or a year',
  'app-keys': '商用密码（SM2）签名密钥 SM2 keys of officials',
  shares: '数据共享 Data sharing',
  challenges: '数据校核 Challenges of shared data',
  disputes: '共享争议 Disputes about shares',
  'unmatched-shares': '未闭环的共享 Shares whose halves do not match',
  'share-clocks': '数据共享的期限 Clocks of data sharing',
  documents: '文件（链下） Documents off the ledger',
  drafts: '草稿和模板 Drafts and templates',
  signoff: '审签流程 Chains of sign-off',
  signoffs: '拟办、审核、签发 Sign-offs inside a department',
  batches: '批量办理 Several commands at once',
  transactions: '交易：签名、提交、结果 Transactions: signing, submitting, outcome',
  events: '事件流 Events',
  blocks: '区块 Blocks',
  commands: '命令一览 The commands',
} as const;

function mergePaths(items: readonly PathItem[]): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const [path, method, described] of items) {
    paths[path] = { ...paths[path], [method]: described };
  }
  return paths;
}

function commandPath(route: CommandRoute): PathItem {
  const parameters = [...pathParameters(route.path), ...queryParameters(commandQuery)];
  return operation(route.path, 'post', bilingual(route.summary), {
    operationId: route.name,
    description: `Roles: ${route.roles.join(', ')}. Contract function ${route.function}.`,
    parameters: [...parameters, idempotencyHeader],
    requestBody: jsonBody(bodyOf(route)),
    responses: {
      200: jsonAnswer('Committed (custodial accounts).', transactionView),
      202: jsonAnswer(
        'A signing request; or submitted and not committed yet (custodial).',
        transactionView,
      ),
      ...problems,
    },
  });
}

/** The answer of a read: JSON, or the media types that its definition names. */
function answerOf({ produces, alsoProduces = [], answer }: Read): Json {
  if (produces !== undefined) {
    const content = produces.types.map((type) => [type, isBinary(type) ? binary : {}]);
    return { description: produces.what, content: Object.fromEntries(content) };
  }
  const { content, ...rest } = jsonAnswer('', answer);
  const others = Object.fromEntries(alsoProduces.map((type) => [type, {}]));
  return { ...rest, content: { ...content, ...others } };
}

const isBinary = (type: string): boolean => type === 'application/octet-stream';

/** The body as sent by a caller, with the private part if the command has one. */
function bodyOf(route: CommandRoute) {
  if (route.private === null) return route.body;
  return route.body.extend({ private: route.private.optional() });
}

const idempotencyHeader = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  schema: { type: 'string', minLength: 1, maxLength: 200 },
};

function readPath(read: Read): PathItem {
  const { path, summary, concerns, ledger, query } = read;
  const { zh, en } = audiences[concerns];
  const source =
    ledger === undefined ? '' : ` \`source=ledger\` asks the peer: contract query ${ledger}.`;
  return operation(path, 'get', bilingual(summary), {
    description: `${zh}。${en}${source}`,
    parameters: [...pathParameters(path), ...queryParameters(query)],
    ...(concerns === 'anybody' ? { security: [] } : {}),
    responses: { 200: answerOf(read), ...problems },
  });
}
