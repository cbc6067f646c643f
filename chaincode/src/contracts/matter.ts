import { Returns, Transaction } from 'fabric-contract-api';
import { YiciContext } from '../context';
import { found } from '../kernel/caller';
import { padded } from '../kernel/keys';
import type { RecordStore } from '../kernel/store';
import { cosignMatter } from '../matter/cosign';
import { draftMatter } from '../matter/draft';
import { publishMatter } from '../matter/publish';
import { retireMatter } from '../matter/retire';
import { markForReview, reviewMatter } from '../matter/review';
import { YiciContract } from './base';
import { loadCoverage, loadReferences, withCalendars } from './load';
import { loadLink, loadLinked, openReviewOf } from './load-duty';
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
          published: await versionOf(store, command.taskCode, head?.published),
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
      const matter = await versionOf(store, command.taskCode, command.version);
      const published = await versionOf(store, command.taskCode, head?.published);
      const dutyCode = matter?.content.dutyCode;
      return publishMatter(
        {
          head,
          matter,
          published,
          duty:
            matter === undefined || dutyCode === undefined
              ? undefined
              : await store.get('duty', matter.owner, dutyCode),
          linked: await loadLinked(store, published),
          coverage: await loadCoverage(store, matter?.content),
        },
        command,
        member,
      );
    });
  }

  @Transaction()
  @Returns('string')
  retire(context: YiciContext, input: string): Promise<string> {
    return runCommand(context, 'matter.retire', input, async (command, member, store) => {
      const matter = await versionOf(store, command.taskCode, command.version);
      return retireMatter({ matter, linked: await loadLinked(store, matter) }, command, member);
    });
  }

  @Transaction()
  @Returns('string')
  review(context: YiciContext, input: string): Promise<string> {
    return runCommand(context, 'matter.review', input, async (command, member, store) => {
      const { taskCode, version, dutyVersion } = command;
      const link = await loadLink(store, await versionOf(store, taskCode, version));
      const review = await store.get('review', taskCode, padded(version), padded(dutyVersion));
      return reviewMatter({ link, review }, command, member);
    });
  }

  @Transaction()
  @Returns('string')
  markForReview(context: YiciContext, input: string): Promise<string> {
    return runCommand(context, 'matter.markForReview', input, async (command, member, store) => {
      const head = await store.get('matterHead', command.taskCode);
      const link = await loadLink(store, await versionOf(store, command.taskCode, head?.published));
      const duty = link && (await store.get('duty', link.department, link.code));
      const open = link && (await openReviewOf(store, link));
      return withCalendars(store, [], (calendar) =>
        markForReview({ link, duty, open, calendar }, command, member),
      );
    });
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

  @Transaction(false)
  @Returns('string')
  reviews(context: YiciContext, input: string): Promise<string> {
    return runQuery(context, 'matter.reviews', input, ({ taskCode, ...page }, store) =>
      store.list('review', taskCode === undefined ? [] : [taskCode], page),
    );
  }
}

async function versionOf(store: RecordStore, taskCode: string, version: number | undefined) {
  return version === undefined ? undefined : store.get('matter', taskCode, padded(version));
}
