import '@mantine/core/styles.css';
import '@fontsource-variable/inter';
import '@/ui/tokens.css';
import './page.css';
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { openWorkspace, reopenDataset } from '@/queries/datasets';
import { queryClient } from '@/queries/query-client';
import { ErrorBoundary } from './error-boundary';
import { Layout } from './layout';
import { watchParts } from './missing-part';
import { cssVariablesResolver, theme } from './theme';
import { followAddress, linkedView } from './view-address';

const colourScheme = localStorageColorSchemeManager({ key: 'murmuration-theme' });

/** Everything around the product: its dress, its results, and what is shown if it breaks. */
export function App() {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      colorSchemeManager={colourScheme}
      defaultColorScheme="auto"
    >
      <QueryClientProvider client={queryClient}>
        <ErrorBoundary place="The page">
          <Workspace />
        </ErrorBoundary>
      </QueryClientProvider>
    </MantineProvider>
  );
}

watchParts();

let opening: Promise<void> | null = null;

function Workspace() {
  const [failure, setFailure] = useState<Error | null>(null);
  useEffect(() => {
    opening ??= openWorkspace(linkedView()).then(() => {
      followAddress(reopenDataset);
    });
    opening.catch((error: Error) => setFailure(error));
  }, []);
  if (failure !== null) throw failure;
  return <Layout />;
}
