import { lazy } from 'react';
import { Route, Routes } from 'react-router';
import { WhoPage } from '../pages/who/page.js';
import { WorkbenchPage } from '../pages/workbench/page.js';
import { LiveProvider } from '../session/live.js';
import { ActProvider } from '../signing/act.js';
import { TroubleBanner } from './trouble-banner.js';

const CasePage = lazy(() => import('../pages/case/page.js'));
const DraftPage = lazy(() => import('../pages/draft/page.js'));
const FilePage = lazy(() => import('../pages/file/page.js'));
const LedgerPage = lazy(() => import('../pages/ledger.js'));
const SignoffPage = lazy(() => import('../pages/signoff/page.js'));
const BlockPage = lazy(() => import('../pages/block.js'));
const VerifyPage = lazy(() => import('../pages/verify.js'));
const TransactionPage = lazy(() => import('../pages/transaction.js'));
const ChannelPage = lazy(() => import('../pages/channel.js'));
const ChangesPage = lazy(() => import('../pages/changes.js'));
const RecordsPage = lazy(() => import('../pages/records/index.js'));
const ListPage = lazy(() => import('../pages/records/list.js'));
const RecordPage = lazy(() => import('../pages/records/record.js'));
const ComparePage = lazy(() => import('../pages/records/compare.js'));
const ActsPage = lazy(() => import('../pages/acts/index.js'));
const ActPage = lazy(() => import('../pages/acts/act.js'));
const SupervisionPage = lazy(() => import('../pages/supervision/page.js'));
const MeasurePage = lazy(() => import('../pages/supervision/measure.js'));
const DwellPage = lazy(() => import('../pages/supervision/dwell.js'));

/** Pages of whoever has entered. */
export default function OwnPages() {
  return (
    <LiveProvider>
      <TroubleBanner />
      <ActProvider>
        <Routes>
          <Route path="/" element={<WorkbenchPage />} />
          <Route path="/who" element={<WhoPage />} />
          <Route path="/cases" element={<ListPage />} />
          <Route path="/cases/:caseNo" element={<CasePage />} />
          <Route path="/signoffs/:id" element={<SignoffPage />} />
          <Route path="/drafts/:id" element={<DraftPage />} />
          <Route path="/file" element={<FilePage />} />
          <Route path="/records" element={<RecordsPage />} />
          <Route path="/records/:collection" element={<ListPage />} />
          <Route path="/records/:collection/:first" element={<RecordPage />} />
          <Route path="/records/:collection/:first/compare" element={<ComparePage />} />
          <Route path="/records/:collection/:first/:second" element={<RecordPage />} />
          <Route path="/records/:collection/:first/:second/compare" element={<ComparePage />} />
          <Route path="/acts" element={<ActsPage />} />
          <Route path="/acts/:command" element={<ActPage />} />
          <Route path="/supervision" element={<SupervisionPage />} />
          <Route path="/supervision/dwell" element={<DwellPage />} />
          <Route path="/supervision/:measure" element={<MeasurePage />} />
          <Route path="/ledger" element={<LedgerPage />} />
          <Route path="/verify" element={<VerifyPage />} />
          <Route path="/ledger/channel" element={<ChannelPage />} />
          <Route path="/ledger/changes" element={<ChangesPage />} />
          <Route path="/ledger/tx/:txId" element={<TransactionPage />} />
          <Route path="/ledger/:number" element={<BlockPage />} />
        </Routes>
      </ActProvider>
    </LiveProvider>
  );
}
