import { mostPreviewed, type CalendarPreview } from '@yici/api';
import { importCalendarInput, type CaseRecord } from '@yici/domain/model';
import { Router } from 'express';
import type { z } from 'zod';
import { setImmediate } from 'node:timers/promises';
import { maySee, type Viewer } from '../../access/access.js';
import { indexKeys } from '../../index-store/keys.js';
import { movedBy } from '../../index-store/recount-entries.js';
import { keyIndexes } from '../../index-store/row-indexes.js';
import { validated } from '../../validate.js';
import { viewing, type AppDependencies } from '../context.js';
import { noQuery } from '../no-query.js';

/** What a calendar would move, before anybody proposes it: nothing is written. */
export function calendarRoutes(deps: AppDependencies): Router {
  const router = Router();
  router.post('/v1/calendars/preview', noQuery, async (request, response) => {
    const { viewer } = viewing(request, deps);
    response.json(
      await previewOf(deps, viewer, validated(importCalendarInput, request.body, 'body')),
    );
  });
  return router;
}

type Calendar = z.output<typeof importCalendarInput>;
type Item = CalendarPreview['items'][number];

async function previewOf(
  deps: AppDependencies,
  viewer: Viewer,
  calendar: Calendar,
): Promise<CalendarPreview> {
  const items: Item[] = [];
  let count = 0;
  for await (const { parties, ...item } of movedCases(deps, calendar)) {
    count += 1;
    if (items.length < mostPreviewed && maySee(viewer, parties)) items.push(item);
  }
  return { items, count };
}

async function* movedCases(
  { index, now }: AppDependencies,
  { year, days, notice }: Calendar,
): AsyncGenerator<Item & Pick<CaseRecord, 'parties'>> {
  const version = (index.record('calendar', String(year))?.latest ?? 0) + 1;
  const declared = { year, days, notice, version, confirmedAt: now().toISOString() };
  const counted = indexKeys.entries(keyIndexes.counted, String(year));
  let looked = 0;
  for await (const [key] of index.range(counted)) {
    // Other requests come in between.
    looked += 1;
    if (looked % 50 === 0) await setImmediate();
    const record = index.record('case', key.slice(counted.gte.length));
    const moved = record && movedBy(record, declared, index.lookup)?.moved;
    if (record === undefined || moved === undefined || moved.length === 0) continue;
    const { caseNo, owner, parties } = record;
    yield { caseNo, owner, moved, parties };
  }
}
