import { commandNames } from '@yici/domain/model';
import { offerLanguage, SpokenCommand, type SpokenCommand as Command } from '@yici/terminal';
import { packageVersion } from '../version.js';
import { addAudit } from '../cli/commands/audit.js';
import { addCompletion } from '../cli/commands/completion.js';
import { addCalendarPreview } from '../cli/commands/calendar-preview.js';
import { addBatch } from '../cli/commands/batch.js';
import { addDemo } from '../cli/commands/demo.js';
import { addDrafts } from '../cli/commands/draft.js';
import { addChannel } from '../cli/commands/channel.js';
import { addIdentity } from '../cli/commands/identity.js';
import { addPin } from '../cli/commands/pin.js';
import { addRetire } from '../cli/commands/retire.js';
import { addSessionCommands } from '../cli/commands/session.js';
import { addSignoffs } from '../cli/commands/signoff.js';
import { addActs } from '../cli/commands/acts.js';
import { addArchive } from '../cli/read/archive.js';
import { addAppKeyReads } from '../cli/read/app-keys.js';
import { addCaseReads } from '../cli/read/cases.js';
import { addDocuments } from '../cli/read/documents.js';
import { addEvents, addInbox } from '../cli/read/waiting.js';
import { addDutyReads, addOneThingReads, addReviewReads } from '../cli/read/catalogue.js';
import { addLedgerReads } from '../cli/read/ledger.js';
import { addAttestationReads } from '../cli/read/attestations.js';
import {
  addCalendarReads,
  addDatasetReads,
  addDepartmentReads,
  addMatterReads,
  addReformReads,
} from '../cli/read/registry.js';
import { addDelegationReads, addRulingReads } from '../cli/read/responsibility.js';
import { addSupervisionReads } from '../cli/read/supervision.js';
import { addPapers } from '../cli/read/papers.js';
import { addReport } from '../cli/read/report.js';
import { addStats } from '../cli/read/stats.js';
import { addSharingReads } from '../cli/read/sharing.js';
import type { Terminal } from '../terminal/terminal.js';
import { addWrite } from '../cli/write/run.js';
import { writeSpec } from '../cli/spec/spec.js';

const groups = {
  department: { text: { zh: '部门', en: 'departments' }, addReads: addDepartments },
  reform: { text: { zh: '机构改革', en: 'reorganisations' }, addReads: addReformReads },
  duty: { text: { zh: '职责', en: 'duties' }, addReads: addDutyReads },
  calendar: { text: { zh: '工作日历', en: 'working calendars' }, addReads: addCalendars },
  matter: { text: { zh: '事项', en: 'matters' }, addReads: addMattersAndReviews },
  'one-thing': {
    text: { zh: '一件事', en: 'one things: matters joined into one' },
    addReads: addOneThingReads,
  },
  case: { text: { zh: '办件', en: 'cases' }, addReads: addCaseReads },
  ruling: { text: { zh: '职责分工协调', en: 'duty rulings' }, addReads: addRulingReads },
  delegation: {
    text: { zh: 'AB 岗代岗', en: 'standing in for an absent official' },
    addReads: addDelegationReads,
  },
  dataset: { text: { zh: '政务数据目录', en: 'data sets' }, addReads: addDatasetReads },
  'app-key': {
    text: { zh: '商用密码（SM2）签名密钥', en: 'SM2 keys of officials' },
    addReads: addAppKeyReads,
  },
  supervise: {
    text: {
      zh: '督查：亮牌、催办、督办、好差评',
      en: 'supervision: cards, reminders, orders, evaluations',
    },
    addReads: addSupervisionReads,
  },
  attestation: { text: { zh: '存证', en: 'attestations' }, addReads: addAttestationReads },
  sharing: { text: { zh: '数据共享', en: 'data sharing' }, addReads: addSharingReads },
} as const;

function addDepartments(group: Command, terminal: Terminal): void {
  addDepartmentReads(group, terminal);
  addRetire(group, terminal);
}

function addCalendars(group: Command, terminal: Terminal): void {
  addCalendarReads(group, terminal);
  addCalendarPreview(group, terminal);
}

function addMattersAndReviews(group: Command, terminal: Terminal): void {
  addMatterReads(group, terminal);
  addReviewReads(group, terminal);
}

/** The commands that are neither writes nor reads of one of the groups. */
const others = [
  addBatch,
  addDrafts,
  addSignoffs,
  addDocuments,
  addArchive,
  addPapers,
  addInbox,
  addEvents,
  addStats,
  addReport,
  addLedgerReads,
  addChannel,
  addAudit,
  addDemo,
  addCompletion,
];

/** The `yici` program: every command of the registry and every read of the gateway. */
export function createProgram(terminal: Terminal): Command {
  const program = new SpokenCommand('yici', terminal.say)
    .description({
      zh: '一次：部门间办事，一次申报，各自签名',
      en: 'file once, every department answers under its own signature',
    })
    .versioned(packageVersion())
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.note(text.trimEnd()),
    });
  addSessionCommands(program, terminal);
  addPin(program, terminal);
  addIdentity(program, terminal);
  const writes = commandNames.map((command) => [command, writeSpec(command)] as const);
  for (const [name, { text, addReads }] of Object.entries(groups)) {
    const group = program.command(name).description(text);
    addReads(group, terminal);
    addActs(group, terminal);
    for (const [command, spec] of writes) {
      if (spec.group === name) addWrite(group, command, spec, terminal);
    }
  }
  for (const add of others) add(program, terminal);
  addGlobalOptions(program, terminal);
  offerLanguage(program, terminal.say);
  return program;
}

/** Options of every command, accepted before and after its name. */
function addGlobalOptions(command: Command, terminal: Terminal): void {
  command
    .option('--gateway <url>', {
      zh: '网关地址（YICI_GATEWAY）',
      en: 'address of the gateway (YICI_GATEWAY)',
    })
    .option('--identity <folder>', {
      zh: '本次所用身份目录（YICI_IDENTITY）',
      en: 'identity folder for this call (YICI_IDENTITY)',
    })
    .option('--json', { zh: '以 JSON 输出', en: 'print JSON' });
  for (const child of command.commands) {
    if (child instanceof SpokenCommand) addGlobalOptions(child, terminal);
  }
}
