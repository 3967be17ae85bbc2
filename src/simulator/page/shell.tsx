import { raw } from 'hono/html';
import type { PageSetup } from './setup.ts';

/** The frame that stands before the script does: every area has its place and size from the first paint. */
export function Shell({ setup }: { setup: PageSetup }) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Intumwa: three phones and a desk</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/page/page.css" />
        <script type="module" src="/page/main.js" />
      </head>
      <body>
        <header class="top">
          <h1 class="brand">Intumwa</h1>
          <section id="clock" class="clock" aria-label="Programme time" />
          <p id="pending" class="pending" role="status" />
        </header>
        <section id="hints" class="hints" aria-label="What can I do here?" />
        <nav id="tabs" class="tabs" aria-label="Phones" />
        <main id="desk" class="desk">
          {[1, 2, 3].map((number) => (
            <section class="pane phone-pane" data-pane={`phone-${number}`} aria-label={`Phone ${number}`} />
          ))}
          <section class="pane slack-pane" data-pane="slack" aria-label="Slack" />
        </main>
        <div id="live" class="unseen" role="log" aria-live="polite" aria-relevant="additions" />
        <div id="toasts" class="toasts" role="alert" />
        <noscript>
          <p class="no-script">
            This page needs JavaScript. Without it, the same phones can be used under /simulator.
          </p>
        </noscript>
        <script type="application/json" id="setup">
          {raw(JSON.stringify(setup).replace(/</g, '\\u003c'))}
        </script>
      </body>
    </html>
  );
}
