import { Returns, Transaction } from 'fabric-contract-api';
import { YiciContext } from '../context';
import { padded } from '../model';
import { cosignMatter, draftMatter, found, publishMatter, retireMatter } from '../rules';
import type { RecordStore } from '../store';
import { YiciContract } from './base';
import { loadReferences } from './load';
import { runCommand, runQuery } from './run';

/** The matter catalogue. */
export class MatterContract extends YiciContract {
  constructor() {
    super('matter');
  }

  @Transaction()
  @Returns('string')
  draft(context: YiciContext, input: string): Promise<string> {
    return runCommand(context, 'matter.draft', input, async (command, member, store) => {
      const head = await store.get('matterHead', command.taskCode);
      return draftMatter(
        {
          head,
          latest: await versionOf(store, command.taskCode, head?.latest),
          establishment: await store.get('functionHolder', 'establishment'),
          leadAuthority: await store.get('functionHolder', 'leadAuthority'),
          references: await loadReferences(store, command, member.department),
        },
        command,
        member,
      );
    });
  }

  @Transaction()
  @Returns('string')
  cosign(context: YiciContext, input: string): Promise<string> {
    return runCommand(context, 'matter.cosign', input, async (command, member, store) =>
      cosignMatter(
        { matter: await versionOf(store, command.taskCode, command.version) },
        command,
        member,
      ),
    );
  }

  @Transaction()
  @Returns('string')
  publish(context: YiciContext, input: string): Promise<string> {
    return runCommand(context, 'matter.publish', input, async (command, member, store) => {
      const head = await store.get('matterHead', command.taskCode);
      return publishMatter(
        {
          head,
          matter: await versionOf(store, command.taskCode, command.version),
          published: await versionOf(store, command.taskCode, head?.published),
        },
        command,
        member,
      );
    });
  }

  @Transaction()
  @Returns('string')
  retire(context: YiciContext, input: string): Promise<string> {
    return runCommand(context, 'matter.retire', input, async (command, member, store) =>
      retireMatter(
        { matter: await versionOf(store, command.taskCode, command.version) },
        command,
        member,
      ),
    );
  }

  @Transaction(false)
  @Returns('string')
  get(context: YiciContext, input: string): Promise<string> {
    return runQuery(context, 'matter.get', input, async ({ taskCode, version }, store) => {
      const head = version === undefined ? await store.get('matterHead', taskCode) : undefined;
      const wanted = version ?? head?.published ?? head?.latest;
      return found(await versionOf(store, taskCode, wanted), { taskCode });
    });
  }

  @Transaction(false)
  @Returns('string')
  list(context: YiciContext, input: string): Promise<string> {
    return runQuery(context, 'matter.list', input, ({ taskCode, ...page }, store) =>
      store.list('matter', taskCode === undefined ? [] : [taskCode], page),
    );
  }
}

async function versionOf(store: RecordStore, taskCode: string, version: number | undefined) {
  return version === undefined ? undefined : store.get('matter', taskCode, padded(version));
}
