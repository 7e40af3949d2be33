import { createRoot } from 'react-dom/client';
import { App } from '@/app/app';
import { isMissingPart } from '@/app/missing-part';

createRoot(document.getElementById('root')!, {
  // A script that did not come is said on the page.
  onCaughtError: (error) => {
    if (!(error instanceof Error && isMissingPart(error))) reportError(error);
  },
}).render(<App />);
