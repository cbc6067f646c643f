import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { ConsoleError } from '../errors.js';
import { noteTrouble } from '../session/trouble.js';
import { SessionProvider } from '../session/session.js';
import { Shell } from './shell.js';
import { ApprovalProvider } from '../session/approval.js';
import { startLanguages } from '../words/language.js';
import '../shell/page.css';

const root = document.getElementById('root');
if (root === null) throw new ConsoleError('NOTHING_ABOVE', 'the page has no root');
await startLanguages();
const queries = new QueryClient({
  queryCache: new QueryCache({ onError: noteTrouble }),
  defaultOptions: { queries: { staleTime: 5_000, retry: 1 } },
});
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <ApprovalProvider>
        <SessionProvider>
          <BrowserRouter>
            <Shell />
          </BrowserRouter>
        </SessionProvider>
      </ApprovalProvider>
    </QueryClientProvider>
  </StrictMode>,
);
