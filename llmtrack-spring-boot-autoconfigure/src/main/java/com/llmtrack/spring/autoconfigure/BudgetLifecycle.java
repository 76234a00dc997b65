// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import com.llmtrack.spring.budget.Budgets;
import com.llmtrack.spring.delivery.EventDispatcher;

import org.springframework.context.SmartLifecycle;

/**
 * Has budgets use their store from when the application is ready. When it stops, what the
 * store does not have yet is handed over after pending events were delivered, whose costs
 * LLMtrack corrects, and before connections to Redis are closed, which is at 0.
 */
final class BudgetLifecycle implements SmartLifecycle {

	private static final int PHASE = EventDispatcher.PHASE / 2;

	private final Budgets budgets;

	private final Runnable checks;

	private boolean checked;

	private volatile boolean running;

	/**
	 * Create a lifecycle.
	 * @param budgets what is opened and flushed
	 * @param checks run once, when the application is ready for the first time
	 */
	BudgetLifecycle(Budgets budgets, Runnable checks) {
		this.budgets = budgets;
		this.checks = checks;
	}

	@Override
	public void start() {
		this.running = true;
		this.budgets.open();
		if (!this.checked) {
			this.checked = true;
			this.checks.run();
		}
	}

	@Override
	public void stop() {
		this.running = false;
		this.budgets.flush();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
