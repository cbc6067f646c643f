import { ConfigProvider, Layout } from 'antd';
import enUS from 'antd/locale/en_US.js';
import zhCN from 'antd/locale/zh_CN.js';
import { lazy, Suspense } from 'react';
import { Route, Routes, useLocation } from 'react-router';
import { WhoPage } from '../pages/who/page.js';
import { useSession } from '../session/session.js';
import { useWords } from '../words/language.js';
import { DemoBanner } from '../shell/demo-banner.js';
import { Failed, UnheardFailure } from '../shell/failed.js';
import { Header } from '../shell/header.js';
import { Waiting } from '../shell/waiting.js';

const OwnPages = lazy(() => import('./own-pages.js'));
const VerifyPage = lazy(() => import('../pages/verify.js'));
const HelpPage = lazy(() => import('../pages/help/page.js'));

/** Darker than the library's own: text and its ground have the contrast of WCAG 2.1 AA. */
const theme = {
  token: {
    ...{ colorPrimary: '#0b57d0', colorPrimaryHover: '#0842a0', colorPrimaryActive: '#062e6f' },
    ...{ colorLink: '#0b57d0', colorLinkHover: '#0842a0' },
    ...{ colorError: '#cf1322', colorWarningText: '#874d00' },
    ...{ colorTextSecondary: '#595959', colorTextDescription: '#595959' },
    ...{ colorTextTertiary: '#595959', colorTextPlaceholder: '#6b6b6b' },
    // By its own switch: a dialog whose animation a style sheet forbids never closes.
    motion: !matchMedia('(prefers-reduced-motion: reduce)').matches,
  },
};

export function Shell() {
  const { language } = useWords();
  const { pathname } = useLocation();
  return (
    <ConfigProvider
      locale={language === 'zh' ? zhCN : enUS}
      theme={theme}
      button={{ autoInsertSpace: false }}
    >
      <Layout style={{ minHeight: '100vh' }}>
        <Header />
        <DemoBanner />
        <Layout.Content className="page">
          <UnheardFailure key={pathname} />
          <Failed at={pathname}>
            <Suspense fallback={<Waiting />}>
              <Pages />
            </Suspense>
          </Failed>
        </Layout.Content>
      </Layout>
    </ConfigProvider>
  );
}

/** What needs nobody's identity is shown to anybody; for the rest the visitor says first who they are. */
function Pages() {
  const { present } = useSession();
  return (
    <Routes>
      <Route path="/help/:part?" element={<HelpPage />} />
      {present === undefined ? (
        <>
          <Route path="/verify" element={<VerifyPage />} />
          <Route path="*" element={<WhoPage />} />
        </>
      ) : (
        <Route path="*" element={<OwnPages />} />
      )}
    </Routes>
  );
}
