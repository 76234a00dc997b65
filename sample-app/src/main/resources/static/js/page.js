import { byId, setText } from './dom.js';
import { breakIt, showAnswer, watch } from './delivery.js';
import { clearLog, showLine } from './log.js';
import { clearEvents, showActuatorTotals, showEvent, showTotals } from './received.js';
import { hideSimulations, showSources, tryIt } from './try.js';

const NOTHING = { features: {}, statuses: {}, perMinute: new Array(15).fill(0) };

tryIt();
breakIt();
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
    watch(() => { });
    return;
  }
  hideWhatNeedsTheStandIn();
  watch((report) => {
    explain(demo, report.connection.baseUrl);
    showActuatorTotals(report.totals);
  });
}

function listen(demo) {
  const stream = new EventSource('demo/stream');
  // What was there comes again with each connection
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
  for (const id of ['feed', 'answers', 'request', 'minutes', 'minute-tile']) {
    byId(id).hidden = true;
  }
}

/** Says what there is to see instead of what a stand-in received. */
function explain(demo, llmTrack) {
  const model = demo.modelIsStandIn ? 'OpenAI is a stand-in' : 'This is the real OpenAI, and each request costs money';
  setText('notice', `${model}. Events go to ${llmTrack}, where your dashboard is.`);
  setText('see-lead', 'What the starter counted since the start, as its actuator endpoint reports it. The events '
    + `themselves are in your dashboard at ${llmTrack}.`);
  setText('break-title', 'How delivery is doing');
  setText('break-lead', 'The state of the starter and what it logged. Only a stand-in can be made to fail.');
}
