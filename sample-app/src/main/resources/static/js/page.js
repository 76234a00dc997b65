import { limitIt, showBudget } from './budget.js';
import { byId, setText } from './dom.js';
import { breakIt, showAnswer, watch } from './delivery.js';
import { clearLog, showLine } from './log.js';
import { clearEvents, showActuatorTotals, showEvent, showTotals } from './received.js';
import { hideSimulations, showSources, tryIt } from './try.js';

const NOTHING = { features: {}, customers: {}, statuses: {}, perMinute: new Array(15).fill(0) };

tryIt();
breakIt();
limitIt();
showTotals(NOTHING);

start(await (await fetch('demo')).json());

function start(demo) {
  showSources(demo.sources);
  listen(demo);
  if (!demo.modelIsStandIn) {
    hideSimulations();
  }
  if (demo.llmTrackIsStandIn) {
    showAnswer(demo.answer);
    watch(showBudget);
    return;
  }
  hideWhatNeedsTheStandIn();
  watch((report) => {
    explain(demo, report.connection.baseUrl);
    showBudget(report);
    showActuatorTotals(report.totals);
  });
}

function listen(demo) {
  const stream = new EventSource('demo/stream');
  // Each connection repeats all earlier events and lines
  stream.addEventListener('open', () => {
    clearEvents();
    clearLog();
  });
  stream.addEventListener('log', ({ data }) => showLine(JSON.parse(data)));
  if (demo.llmTrackIsStandIn) {
    stream.addEventListener('received', ({ data }) => showEvent(JSON.parse(data)));
    stream.addEventListener('totals', ({ data }) => showTotals(JSON.parse(data)));
  }
}

function hideWhatNeedsTheStandIn() {
  for (const id of ['feed', 'answers', 'request', 'customer-usage', 'minutes', 'minute-tile']) {
    byId(id).hidden = true;
  }
}

/** Explains what the page shows without a stand-in. */
function explain(demo, llmTrack) {
  const model = demo.modelIsStandIn ? 'OpenAI is a stand-in' : 'OpenAI is real, and each request costs money';
  setText('notice', `${model}. Events go to ${llmTrack}, where you find your dashboard.`);
  setText('see-lead', 'What the starter has recorded since the start, as its actuator endpoint shows it. The events '
    + `are in your dashboard at ${llmTrack}.`);
  setText('break-title', 'Delivery');
  setText('break-lead', 'The state of delivery and the log. Only a stand-in can be made to fail.');
}
