import type { Committed } from '@yici/client/web';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState, type ReactNode } from 'react';
import { isWhole, useSm2Key } from '../session/app-signer.js';
import { usePresent, useSession } from '../session/session.js';
import { noteTrouble, troubleOf } from '../session/trouble.js';
import { newContext } from '../above.js';
import { useApproval, type Asker } from '../session/approval.js';
import { SignDialog } from './dialog.js';
import { ActRun, type Execute, type Line, type Wanted } from './run.js';

/** Runs a command to its receipt; undefined when the person did not sign or it was refused. */
export type Act = (
  command: string,
  input: Readonly<Record<string, unknown>>,
  key?: string,
) => Promise<Committed | undefined>;

/** Runs several acts in one dialog, each signed by itself; how each of them ended, in their order. */
export type Acts = (wanted: readonly Wanted[]) => Promise<readonly Line[]>;

const [Provider, useActs] = newContext<Acts>('acts');
export { useActs };

/** What the dialog shows: how far each act is, and what can be done about it. */
interface Shown {
  readonly lines: readonly Line[];
  readonly run: ActRun;
  readonly again: () => void;
  readonly close: () => void;
}

/** Every act goes through one dialog: what is signed, how far it is, and the receipt or why not. */
export function ActProvider({ children }: { readonly children: ReactNode }) {
  const [shown, setShown] = useState<Shown>();
  const acts = useRuns(setShown);
  return (
    <Provider value={acts}>
      {children}
      <SignDialog
        lines={shown?.lines ?? []}
        onSign={() => shown?.run.sign()}
        onCancel={() => shown?.run.cancel()}
        onAgain={() => shown?.again()}
        onClose={() => shown?.close()}
      />
    </Provider>
  );
}

function useRuns(setShown: (shown: Shown | undefined) => void): Acts {
  const execute = useExecute();
  const { renew } = useSession();
  const { setAsker } = useApproval();
  const queries = useQueryClient();
  // What somebody waits for is told once, however often the rest is tried again.
  const told = useRef<(lines: readonly Line[]) => void>(undefined);
  return useCallback(
    (wanted) => {
      const show = (lines: readonly Line[]) =>
        setShown({ lines, run, again: () => void again(), close });
      const run = new ActRun(wanted, { execute, onChange: show });
      const close = () => {
        setShown(undefined);
        told.current?.(run.lines);
      };
      const go = async () => {
        await asked(run, setAsker);
        await queries.invalidateQueries();
        if (run.lines.every(isDone)) told.current?.(run.lines);
        else if (run.lines.every(isNotSigned)) close();
      };
      const again = async () => {
        if (run.lines.some(isExpired) && !(await renewed(renew))) return;
        await go();
      };
      return new Promise((tell) => {
        told.current = tell;
        void go();
      });
    },
    [execute, renew, setAsker, queries, setShown],
  );
}

/** By the visitor's key, and by their SM2 key where they have one and it can sign all of the input. */
function useExecute(): Execute {
  const { client } = usePresent();
  const { data: sm2 } = useSm2Key();
  const appSigner = sm2?.isRegistered === true ? sm2.signer : undefined;
  return useCallback(
    (command, input, options) => {
      const signs = appSigner !== undefined && isWhole(command, input);
      return client.execute(command, input, { ...options, ...(signs && { appSigner }) });
    },
    [client, appSigner],
  );
}

/** One run of it, whose proposals the visitor is asked about. */
async function asked(run: ActRun, setAsker: (asker: Asker | undefined) => void): Promise<void> {
  setAsker({ proposal: (one) => run.ask(one), mayFollow: () => run.approved });
  try {
    await run.go();
  } finally {
    setAsker(undefined);
  }
  for (const { stage } of run.lines) if (stage.kind === 'failed') noteTrouble(stage.error);
}

const renewed = (renew: () => Promise<void>): Promise<boolean> =>
  renew().then(
    () => true,
    (error: unknown) => {
      noteTrouble(error);
      return false;
    },
  );

const isDone = ({ stage }: Line): boolean => stage.kind === 'done';
const isNotSigned = ({ stage }: Line): boolean => stage.kind === 'notSigned';
const isExpired = ({ stage }: Line): boolean =>
  stage.kind === 'failed' && troubleOf(stage.error) === 'expired';

export function useAct(): Act {
  const acts = useActs();
  return useCallback(
    async (command, input, key) => {
      const [line] = await acts([{ command, input, ...(key !== undefined && { key }) }]);
      return line?.stage.kind === 'done' ? line.stage.committed : undefined;
    },
    [acts],
  );
}
