import type { ShareRecord } from '@yici/domain/model';
import { maySee, type Viewer } from '../access/access.js';
import type { AppDependencies } from './context.js';
import { recordNotFound } from '../errors.js';

/** The lead authority supervises data sharing and sees all of it (Order 809 art 29); a department its own. */
export function maySeeShare(viewer: Viewer, share: ShareRecord): boolean {
  return viewer.leads || maySee(viewer, share.parties);
}

/** @throws GatewayError RECORD_NOT_FOUND */
export function seenShare(deps: AppDependencies, viewer: Viewer, id: string): ShareRecord {
  const share = deps.index.record('share', id);
  if (share !== undefined && maySeeShare(viewer, share)) return share;
  throw recordNotFound('share', [id]);
}
