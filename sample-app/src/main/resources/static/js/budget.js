import { byId, setText } from './dom.js';
import * as format from './format.js';

const BUDGET = 'trial';
const REQUEST = 'order?customer=trial';
const REFUSED = 429;
const MOST = 20;

const BADGES = { ok: 'success', warning: 'timeout', exceeded: 'error' };

/** Sets up "Limit it". */
export function limitIt() {
  byId('spend').addEventListener('click', () => spend(1));
  byId('use-up').addEventListener('click', () => spend(MOST));
}

/** Shows the budget as the endpoint reports it. */
export function showBudget({ budgets }) {
  const budget = budgets.find(({ name }) => name === BUDGET);
  byId('budget').value = Math.min(budget.share, 1);
  byId('budget').textContent = `${Math.round(100 * budget.share)} %`;
  setText('budget-state', budget.state);
  byId('budget-state').className = `badge ${BADGES[budget.state]}`;
  setText('budget-until', `${Math.round(100 * budget.share)} % spent, until ${format.time(budget.end)}`);
  setText('budget-spent', format.dollars(budget.spent));
  setText('budget-limit', format.dollars(budget.limit));
  setText('budget-refused', format.number(budget.refused));
}

/** Sends requests one after the other, until one is refused. */
async function spend(most) {
  setRunning(true);
  try {
    for (let requests = 1; requests <= most; requests++) {
      setText('limit-progress', 'Waiting for the model …');
      const response = await fetch(REQUEST, { headers: { Accept: 'text/plain, application/problem+json' } });
      if (response.status === REFUSED) {
        setText('limit-progress', 'Refused');
        setText('refusal', (await response.json()).detail);
        return;
      }
      await response.text();
      setText('limit-progress', response.ok ? 'Answered' : `HTTP ${response.status}`);
    }
  }
  catch (error) {
    setText('limit-progress', error.message);
  }
  finally {
    setRunning(false);
  }
}

function setRunning(running) {
  byId('spend').disabled = running;
  byId('use-up').disabled = running;
}
